/// Codes of key files; they share the range of the configuration.
extension Code {
    package static let keyFileUnreadable = Code(
        "C050", "keyFileUnreadable",
        meaning: "The file with the keys of our hashes cannot be opened, read or created.",
        remedy: "Give the user that Sluis runs as the right to read and write its data folder.")
    package static let keyFileTooOpen = Code(
        "C051", "keyFileTooOpen",
        meaning: "Others than its owner may read or write the file with the keys of our hashes.",
        remedy: "Run `chmod 600` on the file. If others may have read it, add a new key as its last line.")
    package static let keyFileNotOurs = Code(
        "C052", "keyFileNotOurs",
        meaning: "The key file is no plain file, or belongs to another user than the one Sluis runs as.",
        remedy: "Run `chown` on the file, or start Sluis as the user that owns its data folder.")
    package static let keyFileMalformed = Code(
        "C053", "keyFileMalformed",
        meaning: "A line of the key file is not an id, a space and 64 hexadecimal digits, or repeats an id.",
        remedy: "Restore the file from a backup. Without its keys the hashes in the ledger match nothing.")
    package static let secretFileUnreadable = Code(
        "C054", "secretFileUnreadable",
        meaning: "The file with a secret is not there or cannot be read.",
        remedy: "Check the path in the configuration, and give the file to the user that Sluis runs as.")
    package static let secretFileTooOpen = Code(
        "C055", "secretFileTooOpen",
        meaning: "Others than its owner may read or write the file with a secret.",
        remedy: "Run `chmod 600` on the file. If others may have read it, have the secret replaced.")
    package static let secretFileNotOurs = Code(
        "C056", "secretFileNotOurs",
        meaning: "The file with a secret is no plain file, or belongs to another user than Sluis runs as.",
        remedy: "Run `chown` on the file, or name the file itself instead of a link to it.")
    package static let secretFileMalformed = Code(
        "C057", "secretFileMalformed",
        meaning: "The first line of the file is no secret: printable ASCII without spaces.",
        remedy: "Write the secret, and nothing else, as the first line of the file.")
    static let keys: [Code] = [
        keyFileUnreadable, keyFileTooOpen, keyFileNotOurs, keyFileMalformed,
        secretFileUnreadable, secretFileTooOpen, secretFileNotOurs, secretFileMalformed,
    ]
}
