internal import Threads

/// Spells the head of an answer (RFC 9112, 4 to 6).
struct ResponseWriter {
    private static let ownNames = ["content-length", "transfer-encoding", "connection", "date"]

    /// Appends the head, with the length of the body or that it is chunked.
    ///
    /// A field that would end its line is left out: an answer is never split in two.
    static func write(
        _ response: Response, date: [UInt8], closes: Bool, isChunked: Bool, to output: inout [UInt8]
    ) {
        output += "HTTP/1.1 ".utf8
        output += String(response.status.code).utf8
        output.append(UInt8(ascii: " "))
        output += response.status.phrase.utf8
        output += "\r\nDate: ".utf8
        output += date
        for field in response.fields where field.isWritable && !isOwn(field.name) {
            output += "\r\n".utf8
            output += field.name.utf8
            output += ": ".utf8
            output += field.value.utf8
        }
        if isChunked {
            output += "\r\nTransfer-Encoding: chunked".utf8
        } else if !response.status.hasNoBody, case .bytes(let body) = response.body {
            output += "\r\nContent-Length: ".utf8
            output += String(body.count).utf8
        }
        if closes { output += "\r\nConnection: close".utf8 }
        output += "\r\n\r\n".utf8
    }

    /// Appends one chunk; an empty one would be the end, so it is left out.
    static func writeChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output += String(bytes.count, radix: 16).utf8
        output += "\r\n".utf8
        output += bytes
        output += "\r\n".utf8
    }

    private static func isOwn(_ name: String) -> Bool {
        ownNames.contains { $0.utf8.equalsIgnoringCase(name.utf8) }
    }
}

/// The Date field (RFC 9110, 5.6.7): `Mon, 09 Mar 2020 07:01:04 GMT`.
enum DateField {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func spell(_ time: WallTime) -> [UInt8] {
        let seconds = max(time.seconds, 0)
        let dayNumber = Int(seconds / 86400)
        let inDay = Int(seconds % 86400)
        // Civil date from a day number, with years that begin in March.
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 2 : month - 10
        let year = yearOfEra + era * 400 + (civilMonth < 2 ? 1 : 0)
        let clock = [inDay / 3600, inDay / 60 % 60, inDay % 60].map(twoDigits).joined(separator: ":")
        return Array(
            "\(days[dayNumber % 7]), \(twoDigits(day)) \(months[civilMonth]) \(year) \(clock) GMT".utf8)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
