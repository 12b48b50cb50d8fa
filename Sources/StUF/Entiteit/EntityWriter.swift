internal import Diagnostics
internal import Model
internal import Record
internal import XML

/// Writes one entity of a record in schema order: elements, kinds of no value, marks.
struct EntityWriter {
    /// What decides which elements are written.
    enum Purpose {
        /// What is said, with verwerkingssoort; `soort` where the record has none of its own.
        case kennisgeving(soort: Marks.Verwerkingssoort)
        /// What is asked.
        case antwoord(Selection)
    }

    /// Where large content goes.
    enum Contents {
        /// In the bericht, as base64, whose bytes these are.
        case inside(ContentBytes)
        /// In the bericht, in a gap that is filled when it is sent.
        case between(Gaps)
        /// In a part of its own.
        case beside(Attachments)
    }

    let form: EntityForm
    let purpose: Purpose
    let contents: Contents

    private static let xsiNil = Tag(prefix: "xsi", local: "nil")
    private static func stuf(_ local: String) -> Tag { Tag(prefix: "StUF", local: local) }
    private static let noValue = stuf("noValue")
    private static let entiteittype = stuf("entiteittype")
    private static let verwerkingssoort = stuf("verwerkingssoort")
    private static let metagegeven = stuf("metagegeven")
    private static let indOnvolledigeDatum = stuf("indOnvolledigeDatum")

    /// Writes the entity as the element `tag`: `ZKN:object`.
    func write(
        _ record: borrowing Record, as tag: Tag, sleutelVerzendend: String? = nil, to writer: inout Writer
    ) throws(StUFFailure) {
        writer.start(tag)
        writer.attribute(Self.entiteittype, form.entity.name)
        if let sleutelVerzendend { writer.attribute(Self.stuf("sleutelVerzendend"), sleutelVerzendend) }
        writeSoort(record.marks(of: Record.root), to: &writer)
        try write(form.plan.items, of: record, in: Record.root, path: "", to: &writer)
        writer.end()
    }

    private func write(
        _ items: [WritingPlan.Item], of record: borrowing Record, in frame: Record.Frame, path: String,
        to writer: inout Writer
    ) throws(StUFFailure) {
        for item in items {
            let own = path.isEmpty ? item.name : "\(path)/\(item.name)"
            let slot = record.slot(item.node, in: frame)
            guard slot.standing.isSaid, !isNothing(item, slot, record, frame) else {
                try writeUnsaid(item, path: own, to: &writer)
                continue
            }
            guard isWanted(item, own) else { continue }
            if item.isRepeat, slot.standing == .value {
                for element in record.items(item.node, in: frame) {
                    try writeElement(
                        item,
                        record.slot(
                            item.isGroup ? item.node : item.valueNode, in: item.isGroup ? frame : element),
                        marks: record.marks(of: element), of: record, in: element, path: own, to: &writer)
                }
            } else {
                try writeElement(item, slot, marks: slot.marks, of: record, in: frame, path: own, to: &writer)
            }
        }
    }

    /// - Parameter frame: that of the element's members.
    private func writeElement(
        _ item: WritingPlan.Item, _ slot: Slot, marks: Marks, of record: borrowing Record,
        in frame: Record.Frame, path: String, to writer: inout Writer
    ) throws(StUFFailure) {
        writer.start(item.tag)
        if let entiteittype = item.entiteittype {
            writer.attribute(Self.entiteittype, entiteittype)
            writeSoort(marks, to: &writer)
        }
        if item.isMetagegeven { writer.attribute(Self.metagegeven, "true") }
        let hasMembers = item.isGroup && hasSaid(item.members, of: record, in: frame)
        if slot.standing != .value || item.isGroup && !hasMembers {
            writeNoValue(slot.standing == .value ? .geenWaarde : slot.standing, to: &writer)
            return writer.end()
        }
        try writeAttributes(item, of: record, in: frame, path: path, to: &writer)
        if item.isGroup {
            try write(item.members, of: record, in: frame, path: path, to: &writer)
        } else if item.type.base == .content, let kept = record.content(item.valueNode, in: frame) {
            switch contents {
            case .inside(let bytes): writer.base64(try bytes(kept)[...])
            case .between(let gaps): gaps.leave(for: kept, in: &writer)
            case .beside(let attachments): attachments.add(kept, to: &writer)
            }
        } else if item.type.base == .geometrie {
            guard GML.write(record.bytes(of: slot), to: &writer) else {
                throw StUFFailure(.stufNotSpellable, at: "object/\(path)")
            }
        } else {
            if let letter = IndOnvolledigeDatum.write(slot.precision) {
                writer.attribute(Self.indOnvolledigeDatum, [letter])
            }
            guard
                let text = Spelling.write(
                    record.bytes(of: slot), as: item.type.base, precision: slot.precision)
            else { throw StUFFailure(.stufNotSpellable, at: "object/\(path)") }
            writer.text(text)
        }
        writer.end()
    }

    private func writeAttributes(
        _ item: WritingPlan.Item, of record: borrowing Record, in frame: Record.Frame, path: String,
        to writer: inout Writer
    ) throws(StUFFailure) {
        for attribute in item.attributes {
            let slot = record.slot(attribute.node, in: frame)
            guard slot.standing == .value else { continue }
            guard let text = Spelling.write(record.bytes(of: slot), as: attribute.type.base) else {
                throw StUFFailure(.stufNotSpellable, at: "object/\(path)")
            }
            writer.attribute(attribute.tag, text)
        }
    }

    /// An element that the record does not say, and that the schema or the question wants nevertheless.
    private func writeUnsaid(_ item: WritingPlan.Item, path: String, to writer: inout Writer)
        throws(StUFFailure)
    {
        switch purpose {
        case .kennisgeving:
            // In a group that is there, and where the schema demands it (StUF 03.01 section 3.4.1).
            guard item.isRequired, !item.isGroup, !item.isAnswerOnly else { return }
            writer.start(item.tag)
            writeNoValue(.geenWaarde, to: &writer)
            writer.end()
        case .antwoord(let selection):
            guard selection.names(path), !item.isGerelateerde else { return }
            if item.isGroup, !item.isRelation, !item.members.isEmpty {
                writer.start(item.tag)
                for member in item.members {
                    try writeUnsaid(member, path: "\(path)/\(member.name)", to: &writer)
                }
                return writer.end()
            }
            writer.start(item.tag)
            if let entiteittype = item.entiteittype { writer.attribute(Self.entiteittype, entiteittype) }
            writeNoValue(selection.standingOfMissing(path), to: &writer)
            writer.end()
        }
    }

    private func writeNoValue(_ standing: Standing, to writer: inout Writer) {
        writer.attribute(Self.xsiNil, "true")
        if let word = NoValue.write(standing) { writer.attribute(Self.noValue, word) }
    }

    /// On every entity element of a kennisgeving (StUF 03.01 section 5.2.3).
    private func writeSoort(_ marks: Marks, to writer: inout Writer) {
        guard case .kennisgeving(let otherwise) = purpose else { return }
        let soort = marks.verwerkingssoort == .none ? otherwise : marks.verwerkingssoort
        if let letter = Verwerkingssoort.write(soort) { writer.attribute(Self.verwerkingssoort, [letter]) }
    }

    private func isWanted(_ item: WritingPlan.Item, _ path: String) -> Bool {
        // A group of which the model knows no members cannot be written.
        if item.isGroup, item.members.isEmpty { return false }
        guard case .antwoord(let selection) = purpose else { return !item.isAnswerOnly }
        return selection.wants(item, path)
    }

    /// A group in which nothing is said and of which nothing was said; a relation says that it has no content.
    private func isNothing(
        _ item: WritingPlan.Item, _ slot: Slot, _ record: borrowing Record, _ frame: Record.Frame
    ) -> Bool {
        if item.isRepeat { return slot.standing == .value ? slot.count == 0 : item.isRelation }
        guard item.isGroup, item.entiteittype == nil else { return false }
        return slot.standing != .value || !hasSaid(item.members, of: record, in: frame)
    }

    private func hasSaid(
        _ items: [WritingPlan.Item], of record: borrowing Record, in frame: Record.Frame
    ) -> Bool {
        for item in items where record.slot(item.node, in: frame).standing.isSaid {
            if !item.isGroup || item.isRepeat || item.members.isEmpty { return true }
            if hasSaid(item.members, of: record, in: frame) { return true }
        }
        return false
    }
}
