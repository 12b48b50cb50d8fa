private import Threads

/// Gives out readers, and keeps the parsers of those that have ended for the next ones: making a parser and finding the
/// numbers of names takes as long as reading a bericht.
///
/// Bounded in parsers and in what each may remember of names (``Parser/isReusable``), whatever is sent. Any number of
/// threads use it at once.
package final class ReaderPool: Sendable {
    private static let most = 16

    private let names: Names
    private let limits: Limits
    private let idle = Monitor<[Parser]>([])

    package init(names: Names, limits: Limits = Limits()) {
        self.names = names
        self.limits = limits
    }

    /// - Throws: `X009` when libxml2 has no memory for a parser.
    package func reader() throws(XMLFailure) -> Reader {
        if let parser = idle.withLock({ $0.popLast() }), parser.startAnew() {
            return Reader(parser, of: self, limits: limits)
        }
        return Reader(try Parser(names: names, limits: limits), of: self, limits: limits)
    }

    func takeBack(_ parser: Parser) {
        guard parser.isReusable else { return }
        idle.withLock { idle in
            if idle.count < Self.most { idle.append(parser) }
        }
    }
}
