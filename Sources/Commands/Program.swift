import Diagnostics
import FoundationEssentials
import Service
import Threads

/// The command line program.
package enum Program {
    /// Runs one command line, without the program's own name, and returns the exit code.
    ///
    /// Call it on the main thread: programs that must end with this one are started from it.
    package static func run(_ words: [String]) -> Int32 {
        Signal.ignoreBrokenPipes()
        let console = Console()
        var outcome = Outcome.failed
        do {
            let (verb, arguments) = try ArgumentReader.read(words)
            console.choose(arguments.color, environment: ProcessInfo.processInfo.environment)
            if arguments.help {
                console.print(Help.text(of: verb))
                outcome = .done
            } else {
                outcome = try verb.run(arguments, console)
            }
        } catch {
            console.report("sluis: \(error)")
            if let failure = error as? ServiceFailure { console.report("sluis: \(failure.code.remedy)") }
        }
        console.flush()
        console.clearProgress()
        if let number = console.lostOutput {
            console.report("sluis: \(CommandFailure(.outputLost, at: nil, "error \(number)"))")
            outcome = .failed
        }
        for name in Thread.running {
            console.report("sluis: the thread \(name) has not ended")
            outcome = .failed
        }
        return outcome.rawValue
    }
}
