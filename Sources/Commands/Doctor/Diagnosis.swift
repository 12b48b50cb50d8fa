import Diagnostics
import JSON

/// What the doctor found at one place.
struct Diagnosis: Sendable, Equatable {
    enum State: String, Sendable { case ok, advice, problem }

    /// What was looked at: `data folder`.
    var subject: String
    var state: State
    /// What was found; names files, addresses and settings, never a secret.
    var text: String
    /// What to do about it.
    var remedy: String?
    var code: Code?

    static func ok(_ subject: String, _ text: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .ok, text: text)
    }

    /// Works, and could be better.
    static func advice(_ subject: String, _ text: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .advice, text: text, remedy: remedy)
    }

    static func problem(_ subject: String, _ text: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .problem, text: text, remedy: remedy)
    }

    static func problem(_ subject: String, _ failure: any Failure) -> Diagnosis {
        Diagnosis(
            subject: subject, state: .problem, text: failure.description, remedy: failure.code.remedy,
            code: failure.code)
    }

    /// Runs a check; what it throws is the diagnosis.
    static func of<Problem: Failure>(
        _ subject: String, _ check: () throws(Problem) -> String
    ) -> Diagnosis {
        do throws(Problem) {
            return .ok(subject, try check())
        } catch {
            return .problem(subject, error)
        }
    }
}

extension Diagnosis {
    func write(to json: inout Writer) {
        json.startObject()
        json.key("subject")
        json.string(subject)
        json.key("state")
        json.string(state.rawValue)
        if let code {
            json.key("code")
            json.string(code.number)
        }
        json.key("text")
        json.string(text)
        if let remedy {
            json.key("remedy")
            json.string(remedy)
        }
        json.end()
    }

    private var paint: Paint {
        switch state {
        case .ok: .green
        case .advice: .yellow
        case .problem: .red
        }
    }

    /// One line, and what to do under it.
    func print(on console: Console, width: Int) {
        let state = console.paint(state.rawValue.padded(to: 7), paint)
        console.print("\(state)  \(subject.padded(to: width))  \(text)")
        if let remedy { console.print(String(repeating: " ", count: 9) + "do: \(remedy)") }
    }
}
