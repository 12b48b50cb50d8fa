internal import JSON
internal import Model
internal import Record
internal import Resources

/// An API that is asked with documents.
extension Description {
    /// The one operation of a collection.
    func questions(_ collection: ServedCollection, _ json: inout Writer) {
        json.texts("tags", [collection.tag])
        json.text("operationId", collection.tag)
        json.text("summary", "Zoek \(collection.tag).")
        json.text(
            "description",
            "Met één van de soorten vragen. Er zijn geen pagina's: te veel gevonden wordt geweigerd. Het is een vraag: "
                + "er verandert niets.")
        json.array("parameters") { _ in }
        json.object("requestBody") { json in
            json.flag("required", true)
            json.object("content") { json in
                json.object("application/json") { json in
                    json.object("schema") { oneOf(collection.questions, &$0) }
                }
            }
        }
        json.object("responses") { json in
            json.object("200") { json in
                json.text("description", "Wat er gevonden is; niets gevonden is een lege lijst.")
                json.object("headers") { json in
                    json.reference("API-Version", "headers/ApiVersion")
                    json.reference("Sluis-As-Of", "headers/SluisAsOf")
                    json.reference("Sluis-Copy-Of", "headers/SluisCopyOf")
                }
                json.object("content") { json in
                    json.object("application/json") { json in
                        json.reference("schema", "schemas/\(Self.answer(of: collection))")
                    }
                }
            }
            problems([400, 404, 406, 413, 415], &json)
        }
    }

    static func answer(of collection: ServedCollection) -> String { "\(collection.entity.name)Antwoord" }

    private func oneOf(_ questions: [APIQuestion], _ json: inout Writer) {
        json.array("oneOf") { json in
            for question in questions { json.reference("schemas/\(question.name)") }
        }
        json.object("discriminator") { json in
            json.text("propertyName", "type")
            json.object("mapping") { json in
                for question in questions {
                    json.text(question.name, "#/components/schemas/\(question.name)")
                }
            }
        }
    }

    // MARK: Schemas

    /// What is asked and answered of a collection.
    func questionSchemas(_ collection: ServedCollection, _ json: inout Writer) {
        for question in collection.questions {
            json.object(question.name) { schema(of: question, collection.entity, &$0) }
        }
        var named: Set<String> = []
        for question in collection.questions {
            let name = fields(of: question, collection.entity)
            guard named.insert(name).inserted else { continue }
            json.object(name) { json in
                json.text("type", "string")
                json.texts("enum", FieldPaths(collection, question).all)
            }
        }
        json.object(Self.answer(of: collection)) { json in
            json.text("type", "object")
            json.texts("required", ["type", collection.tag])
            json.object("properties") { json in
                json.object("type") { json in
                    json.text("type", "string")
                    json.texts("enum", collection.questions.map(\.name))
                }
                json.object(collection.tag) { json in
                    json.text("type", "array")
                    json.reference("items", "schemas/\(collection.entity.name)")
                }
            }
        }
        json.object(collection.entity.name) { excerpt(collection.entity.elements, &$0) }
        json.object("BRPDatum") { date(&$0) }
    }

    /// The schema of what `fields` may name.
    private func fields(of question: APIQuestion, _ entity: Entity) -> String {
        "\(question.excerpt ?? entity.name)Velden"
    }

    private func schema(of question: APIQuestion, _ entity: Entity, _ json: inout Writer) {
        json.text("type", "object")
        json.flag("additionalProperties", false)
        json.texts("required", ["type", "fields"] + question.parameters.filter(\.isRequired).map(\.name))
        json.object("properties") { json in
            json.object("type") { json in
                json.text("type", "string")
                json.texts("enum", [question.name])
            }
            json.object("fields") { json in
                json.text("description", "De paden van de gevraagde eigenschappen.")
                json.text("type", "array")
                json.number("minItems", 1)
                json.number("maxItems", FieldPaths.most)
                json.reference("items", "schemas/\(fields(of: question, entity))")
            }
            for parameter in question.parameters {
                json.object(parameter.name) { schema(of: parameter, entity, &$0) }
            }
        }
    }

    private func schema(of parameter: APIQuestion.Parameter, _ entity: Entity, _ json: inout Writer) {
        guard parameter.isList else { return one(parameter, entity, &json) }
        json.text("type", "array")
        json.number("minItems", 1)
        json.number("maxItems", parameter.limit ?? Parameters.longest)
        json.object("items") { one(parameter, entity, &$0) }
    }

    private func one(_ parameter: APIQuestion.Parameter, _ entity: Entity, _ json: inout Writer) {
        let type = entity.resolve(parameter.path).element?.type
        if case .includes = parameter.use { return json.text("type", "boolean") }
        switch type?.base {
        case .integer:
            json.text("type", "integer")
            json.number("minimum", 1)
            if let type { json.number("maximum", DocumentQuestion.largest(of: type)) }
        case .datum:
            json.text("type", "string")
            json.text("format", "date")
        default:
            json.text("type", "string")
            if let pattern = parameter.pattern { json.text("pattern", pattern) }
        }
    }

    // MARK: What is answered

    /// Nothing has to be there: what has no value is left out, and so is what was not asked.
    private func excerpt(_ elements: [Element], _ json: inout Writer) {
        json.text("type", "object")
        let told = elements.filter { element in
            elements.contains { $0.api?.discriminator == element.name }
        }
        if !told.isEmpty { json.texts("required", told.map(\.name)) }
        json.object("properties") { json in
            for element in elements {
                json.object(element.name) { json in
                    guard element.isRepeat else { return excerpt(of: element, &json) }
                    json.text("type", "array")
                    json.object("items") { excerpt(of: element, &$0) }
                }
            }
        }
    }

    private func excerpt(of element: Element, _ json: inout Writer) {
        if element.isGroup { return excerpt(element.members, &json) }
        let type = element.type
        if type.base == .datum, type.spelling == .brp {
            return json.array("allOf") { $0.reference("schemas/BRPDatum") }
        }
        json.text("type", type.jsonType)
        if !type.enumeration.isEmpty { json.texts("enum", type.enumeration) }
    }

    private func date(_ json: inout Writer) {
        json.text("type", "object")
        json.texts("required", ["type", "langFormaat"])
        json.object("properties") { json in
            json.object("type") { json in
                json.text("type", "string")
                json.texts("enum", ["Datum", "DatumOnbekend", "JaarDatum", "JaarMaandDatum"])
            }
            json.object("datum") { json in
                json.text("type", "string")
                json.text("format", "date")
            }
            for name in ["jaar", "maand"] { json.object(name) { $0.text("type", "integer") } }
            json.object("onbekend") { $0.text("type", "boolean") }
            json.object("langFormaat") { $0.text("type", "string") }
        }
    }
}

extension APIQuestion {
    /// What it asks with, in a sentence.
    var explanation: String {
        let must = parameters.filter(\.isRequired).map(\.name).joined(separator: ", ")
        let may = parameters.filter { !$0.isRequired }.map(\.name).joined(separator: ", ")
        return "Met \(must)" + (may.isEmpty ? "." : "; ook met \(may).")
            + (limit.map { " Hoogstens \($0)." } ?? "")
    }
}
