import Diagnostics
import Language

/// Overlays, and what they and the block behind a `use` drop.
extension MappingReader {
    mutating func readOverlay(_ statement: Statement) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        try cursor.expect("overlay")
        let name = try cursor.expect(.word, "the name of the overlay")
        try cursor.expect("of")
        let base = try cursor.expect(.word, "the name of the mapping that it changes")
        var condition: ConditionSyntax?
        if !cursor.isAtEnd {
            try cursor.expect("when")
            condition = try cursor.readCondition()
        }
        try cursor.expectEnd()
        guard let block = statement.block else { throw cursor.expected("the `{` of what it changes") }
        result.overlays.append(
            OverlaySyntax(
                name: name, base: base, condition: condition, body: readBlock(block), statement: statement))
    }

    func readDrop(_ statement: Statement) throws(LanguageFailure) -> DropSyntax {
        var cursor = Cursor(statement)
        try cursor.expect("drop")
        var paths = [try cursor.readPath()]
        while cursor.take(.comma) != nil { paths.append(try cursor.readPath()) }
        try cursor.expectEnd()
        return DropSyntax(paths: paths, statement: statement)
    }
}
