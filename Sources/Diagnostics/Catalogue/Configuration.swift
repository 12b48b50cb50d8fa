/// Codes of the configuration and the command line.
extension Code {
    static let configuration: [Code] = settings + commandLine

    /// What the configuration says wrong; C001 to C019.
    static let settings: [Code] = [
        .unknownSetting, .repeatedSetting, .settingValue, .secretMissing, .configurationMissing,
        .privateClusterInProduction, .notLoopback, .rulebookRefused, .fixturesMissing, .modelsChanged,
        .configurationRefused, .zoneUnknown, .testCodesInProduction,
    ]

    /// What the command line asks for and cannot get; C020 to C039.
    static let commandLine: [Code] = [
        usage, fileNotRead, fileNotWritten, outputLost, mappingsMissing, nothingFound, mappingBroken,
        inputUnfit,
    ]

    package static let unknownSetting = Code(
        "C001", "unknownSetting", meaning: "The configuration names a setting that does not exist.",
        remedy: "Use the name the message suggests, or look it up with `sluis config --print`.")
    package static let repeatedSetting = Code(
        "C002", "repeatedSetting", meaning: "The configuration gives one setting twice.",
        remedy: "Keep one of the two lines.")
    package static let settingValue = Code(
        "C003", "settingValue", meaning: "The value of a setting does not have the form of its kind.",
        remedy: "Write it as the message says; `sluis config --print` shows an example of each.")
    package static let secretMissing = Code(
        "C004", "secretMissing",
        meaning: "A secret is to come from a file or an environment variable that is not there or empty.",
        remedy: "Make the file readable for the user who runs Sluis, or set the variable.")
    package static let configurationMissing = Code(
        "C005", "configurationMissing", meaning: "The configuration file that was named cannot be read.",
        remedy: "Check the path after `--config` and who may read it.")
    package static let privateClusterInProduction = Code(
        "C006", "privateClusterInProduction",
        meaning: "The configuration says `production yes` and gives no database.",
        remedy:
            "Give the connection string of a Postgres with `database from file …`, or say `production no`.")
    package static let notLoopback = Code(
        "C007", "notLoopback",
        meaning: "Sluis is to listen on an address that others can reach, and no identities are configured.",
        remedy: "Listen on 127.0.0.1 and put a proxy that knows its callers in front.")
    package static let rulebookRefused = Code(
        "C008", "rulebookRefused",
        meaning: "The models, mappings or routes have errors, so nothing is served.",
        remedy: "Run `sluis check` on the folder and mend what it reports.")
    package static let fixturesMissing = Code(
        "C009", "fixturesMissing", meaning: "The shipped fixtures are not where this program looks for them.",
        remedy: "Run the program of a checkout, which has them in `fixtures/`.")
    package static let modelsChanged = Code(
        "C010", "modelsChanged",
        meaning:
            "The mappings were read again while Sluis runs, and the models are others than those in force.",
        remedy: "Start Sluis again: what is stored is then read under the new models.")
    package static let configurationRefused = Code(
        "C011", "configurationRefused", meaning: "The configuration file has errors, so nothing was done.",
        remedy: "Mend what is reported; `sluis config --print` shows whether all is well.")

    package static let zoneUnknown = Code(
        "C012", "zoneUnknown", meaning: "The zone database of this machine has no zone of that name.",
        remedy: "Write it as that database does, such as \"Europe/Amsterdam\"; on Debian tzdata holds it.")
    package static let testCodesInProduction = Code(
        "C013", "testCodesInProduction",
        meaning: "The configuration says `production yes`, and a table of codes holds test data.",
        remedy: "Put the table of your organisations in its place, without the column `test`.")

    package static let usage = Code(
        "C020", "usage",
        meaning:
            "The command line names a command, an option or a value that does not exist, or leaves one out.",
        remedy: "Read `sluis help`, or `sluis help COMMAND` for one command.")
    package static let fileNotRead = Code(
        "C021", "fileNotRead", meaning: "A file that the command line names cannot be read.",
        remedy: "Check how it is spelled, from which folder the command runs, and its rights.")
    package static let fileNotWritten = Code(
        "C022", "fileNotWritten", meaning: "A file cannot be written. The one that was there is as it was.",
        remedy: "Check the rights of the file and its folder, and whether the disk is full.")
    package static let outputLost = Code(
        "C023", "outputLost",
        meaning: "Standard output cannot be written, and not because its reader has gone.",
        remedy: "Check where it goes; a full disk is the usual cause.")
    package static let mappingsMissing = Code(
        "C024", "mappingsMissing", meaning: "No folder with models, mappings and routes was found.",
        remedy: "Name it with `--mappings`, or set SLUIS_HOME to the folder that holds `mappings`.")
    package static let mappingBroken = Code(
        "C026", "mappingBroken", meaning: "The models or the mapping that the command needs have errors.",
        remedy: "Mend what `sluis check` reports.")
    package static let inputUnfit = Code(
        "C027", "inputUnfit",
        meaning: "The file to map is neither a bericht with the mapping's entity nor a JSON document.",
        remedy:
            "Give a kennisgeving of the entity that the mapping names, or a document as `sluis map` prints it."
    )
    package static let nothingFound = Code(
        "C025", "nothingFound",
        meaning: "Nothing of the kind that the command works on lies at or below the paths.",
        remedy: "Name a folder or file that holds some.")
}
