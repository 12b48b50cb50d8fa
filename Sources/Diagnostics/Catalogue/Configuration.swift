/// Codes of the configuration and the command line.
extension Code {
    static let configuration: [Code] = [
        .unknownSetting, .repeatedSetting, .settingValue, .secretMissing, .configurationMissing,
        .privateClusterInProduction, .notLoopback,
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
}
