internal import JSON
internal import Model
internal import Record
internal import Resources

/// The operations.
extension Description {
    func paths(_ json: inout Writer) {
        for collection in api.collections {
            let path = "/\(collection.tag)"
            if collection.isAskedByPost {
                json.object(path) { json in
                    json.object("post") { questions(collection, &$0) }
                }
                continue
            }
            json.object(path) { json in
                json.object("get") { list(collection, &$0) }
            }
            if collection.hasSearch {
                json.object("\(path)/_zoek") { json in
                    json.object("post") { search(collection, &$0) }
                }
            }
            json.object("\(path)/{uuid}") { json in
                json.object("get") { one(collection, "read", &$0) }
                json.object("head") { one(collection, "headers", &$0) }
            }
            if collection.hasContent {
                json.object("\(path)/{uuid}/download") { json in
                    json.object("get") { download(collection, &$0) }
                }
            }
        }
        json.object("/\(Edition.v30.file)") { json in
            json.object("get") { own(&$0) }
        }
    }

    private func operation(
        _ collection: ServedCollection, _ verb: String, _ summary: String, _ json: inout Writer
    ) {
        json.texts("tags", [collection.tag])
        json.text("operationId", "\(collection.entity.name.lowercased())_\(verb)")
        json.text("summary", summary)
    }

    private func list(_ collection: ServedCollection, _ json: inout Writer) {
        operation(collection, "list", "Vraag \(collection.tag) op.", &json)
        json.array("parameters") { json in
            if let child = collection.child { parent(child, collection, &json) }
            for filter in collection.filters where !filter.isSearchOnly { parameter(filter, &json) }
            expand(collection, &json)
            ordering(collection, &json)
            if collection.isPaged { paging(&json) }
            acceptCrs(collection, &json)
        }
        json.object("responses") { json in
            listed(collection, &json)
            problems([400, 404, 406, 414] + crsProblems(collection), &json)
        }
    }

    private func search(_ collection: ServedCollection, _ json: inout Writer) {
        operation(
            collection, "_zoek",
            "Zoek \(collection.tag), ook op wat niet in een URL hoort: lijsten en nummers van personen.",
            &json)
        json.array("parameters") { json in
            paging(&json)
            acceptCrs(collection, &json)
            if collection.hasGeometry { crs("Content-Crs", isRequired: true, &json) }
        }
        json.object("requestBody") { json in
            json.flag("required", true)
            json.object("content") { json in
                json.object("application/json") { json in
                    json.object("schema") { searched(collection, &$0) }
                }
            }
        }
        json.object("responses") { json in
            listed(collection, &json)
            problems([400, 404, 406, 413, 414, 415] + (collection.hasGeometry ? [412] : []), &json)
        }
    }

    private func searched(_ collection: ServedCollection, _ json: inout Writer) {
        json.text("type", "object")
        json.flag("additionalProperties", false)
        json.object("properties") { json in
            for filter in collection.filters {
                json.object(filter.name) { json in
                    json.text("description", filter.explanation)
                    schema(of: filter, &json)
                }
            }
            if !collection.expansions.isEmpty { json.object("expand") { expansions(collection, &$0) } }
            if !collection.orders.isEmpty { json.object(Ordering.name) { orders(collection, &$0) } }
        }
    }

    private func listed(_ collection: ServedCollection, _ json: inout Writer) {
        json.object("200") { json in
            json.text("description", "OK")
            headers(collection, &json)
            json.object("content") { json in
                json.object("application/json") { json in
                    if collection.isPaged {
                        json.reference("schema", "schemas/\(collection.entity.name)Lijst")
                    } else {
                        json.object("schema") { json in
                            json.text("type", "array")
                            json.reference("items", "schemas/\(collection.entity.name)")
                        }
                    }
                }
            }
        }
        notModified(collection, &json)
    }

    private func one(_ collection: ServedCollection, _ verb: String, _ json: inout Writer) {
        let what = verb == "read" ? "Vraag" : "Vraag de headers van"
        operation(collection, verb, "\(what) één \(collection.entity.name) op.", &json)
        json.array("parameters") { json in
            uuid(&json)
            expand(collection, &json)
            acceptCrs(collection, &json)
            json.object { json in
                json.text("name", "If-None-Match")
                json.text("in", "header")
                json.text("description", "Het kenmerk (`ETag`) van wat de vrager al heeft: dan volgt 304.")
                json.object("schema") { $0.text("type", "string") }
            }
        }
        json.object("responses") { json in
            json.object("200") { json in
                json.text("description", "OK")
                headers(collection, &json)
                if verb == "read" {
                    json.object("content") { json in
                        json.object("application/json") { json in
                            json.reference("schema", "schemas/\(collection.entity.name)")
                        }
                    }
                }
            }
            notModified(collection, &json)
            problems([400, 404, 406, 414] + crsProblems(collection), &json)
        }
    }

    private func download(_ collection: ServedCollection, _ json: inout Writer) {
        operation(collection, "download", "Haal de inhoud van één \(collection.entity.name) op.", &json)
        json.array("parameters") { uuid(&$0) }
        json.object("responses") { json in
            json.object("200") { json in
                json.text("description", "De inhoud zoals die kwam.")
                json.object("headers") { $0.reference("API-Version", "headers/ApiVersion") }
                json.object("content") { json in
                    json.object("*/*") { json in
                        json.object("schema") { json in
                            json.text("type", "string")
                            if edition == .v30 { json.text("format", "binary") }
                        }
                    }
                }
            }
            problems([400, 404], &json)
        }
    }

    /// The document itself (API Design Rule publish-openapi).
    private func own(_ json: inout Writer) {
        json.texts("tags", ["openapi"])
        json.text("operationId", "openapi_read")
        json.text("summary", "Vraag deze beschrijving op.")
        json.array("parameters") { _ in }
        json.object("responses") { json in
            json.object("200") { json in
                json.text("description", "OK")
                json.object("headers") { json in
                    json.reference("API-Version", "headers/ApiVersion")
                    json.reference("Access-Control-Allow-Origin", "headers/AccessControlAllowOrigin")
                }
                json.object("content") { json in
                    json.object("application/json") { json in
                        json.object("schema") { $0.text("type", "object") }
                    }
                }
            }
            problems([400, 406], &json)
        }
    }

    // MARK: Parts of operations

    private func headers(_ collection: ServedCollection, _ json: inout Writer) {
        json.object("headers") { json in
            json.reference("API-Version", "headers/ApiVersion")
            json.reference("ETag", "headers/ETag")
            json.reference("Sluis-As-Of", "headers/SluisAsOf")
            json.reference("Sluis-Copy-Of", "headers/SluisCopyOf")
            if collection.hasGeometry { json.reference("Content-Crs", "headers/ContentCrs") }
        }
    }

    private func notModified(_ collection: ServedCollection, _ json: inout Writer) {
        json.object("304") { json in
            json.text("description", "De vrager heeft dit al.")
            headers(collection, &json)
        }
    }

    /// Those statuses, and what any operation may answer.
    func problems(_ statuses: [Int], _ json: inout Writer) {
        for problem in Self.problems where (statuses + [500, 503]).contains(problem.status) {
            json.reference(String(problem.status), "responses/\(problem.name)")
        }
    }

    private func crsProblems(_ collection: ServedCollection) -> [Int] {
        collection.hasGeometry && requiresCrs ? [412] : []
    }
}
