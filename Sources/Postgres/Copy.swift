private import CLibPQ
private import Diagnostics

extension Connection {
    /// Runs `COPY table (columns) FROM STDIN (FORMAT binary)` and sends the rows that `body` gives to the
    /// writer.
    ///
    /// Each ``Parameter`` must be of exactly its column's type: the server converts nothing here. When `body`
    /// throws, nothing is copied.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    package func copyIn(
        _ sql: SQL, _ body: (inout CopyWriter) throws(PostgresFailure) -> Void
    ) throws(PostgresFailure) -> Int {
        try execute(sql)
        var failure: PostgresFailure?
        var writer = CopyWriter(connection: self)
        do throws(PostgresFailure) {
            try body(&writer)
            try writer.finish()
        } catch {
            failure = error
        }
        let words = failure == nil ? nil : "given up"
        let rows = unsafe withSession { (session) -> Result<Rows, PostgresFailure> in
            // When the server ended the copy already, this does nothing, and the result says why.
            unsafe PQputCopyEnd(session, words)
            return unsafe lastResult(session)
        }
        if let failure {
            // What the server says of a copy that it was told to give up is no news, unless the session is
            // gone; when it was the server that took no more, its reason is the one to tell.
            if case .failure(let other) = rows, other.isConnectionLost || failure.code == .connectionLost {
                throw other
            }
            throw failure
        }
        return try rows.get().affectedCount
    }

    /// Runs `COPY … TO STDOUT` and lends each piece to `body` as it comes: a row in text and CSV format; in
    /// binary format a row, the first with the header, and at the end the trailer.
    package func copyOut(
        _ sql: SQL, _ body: (Span<UInt8>) throws(PostgresFailure) -> Void
    ) throws(PostgresFailure) {
        try execute(sql)
        try unsafe withSession { (session) throws(PostgresFailure) in
            var failure: PostgresFailure?
            while true {
                var piece: UnsafeMutablePointer<CChar>?
                let count = unsafe PQgetCopyData(session, &piece, 0)
                guard count > 0, let start = unsafe piece else { break }
                defer { unsafe PQfreemem(start) }
                // After a failure the rest is read and dropped, so that the session can go on.
                guard failure == nil else { continue }
                let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(count))
                do throws(PostgresFailure) {
                    try unsafe body(bytes.bindMemory(to: UInt8.self).span)
                } catch {
                    failure = error
                }
            }
            _ = try unsafe lastResult(session).get()
            if let failure { throw failure }
        }
    }

    /// Sends a piece of a COPY that was begun.
    fileprivate func send(copied bytes: [UInt8]) throws(PostgresFailure) {
        let isSent = unsafe withSession { (session) -> Bool in
            unsafe bytes.withUnsafeBytes { bytes in
                let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
                return unsafe PQputCopyData(session, start, Int32(truncatingIfNeeded: bytes.count)) == 1
            }
        }
        guard isSent else { throw PostgresFailure(.connectionLost, subject: address) }
    }

    /// The result of a COPY, reading until the session is ready for the next statement.
    private func lastResult(_ session: OpaquePointer) -> Result<Rows, PostgresFailure> {
        var last: Result<Rows, PostgresFailure> = .failure(PostgresFailure(.connectionLost, subject: address))
        while let result = unsafe PQgetResult(session) {
            do throws(PostgresFailure) {
                last = .success(try unsafe rows(result))
            } catch {
                last = .failure(error)
                guard isAlive else { return last }
            }
        }
        return last
    }
}

/// Takes the rows of a COPY in binary format.
package struct CopyWriter: ~Copyable {
    private let connection: Connection
    /// What was not sent yet.
    private var buffer: [UInt8] = []
    private static let pieceSize = 65_536

    fileprivate init(connection: Connection) {
        self.connection = connection
        // Signature, flags, length of the header's extension ("COPY", Binary Format, in the Postgres manual).
        buffer += [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00]
        buffer.append(bigEndian: Int32(0))
        buffer.append(bigEndian: Int32(0))
    }

    /// Adds one row.
    package mutating func add(_ row: [Parameter]) throws(PostgresFailure) {
        guard let fieldCount = Int16(exactly: row.count) else { throw PostgresFailure(.parametersUnexpected) }
        buffer.append(bigEndian: fieldCount)
        for field in row { try add(field) }
        if buffer.count >= Self.pieceSize { try send() }
    }

    private mutating func add(_ field: Parameter) throws(PostgresFailure) {
        guard field.value != nil else {
            buffer.append(bigEndian: Int32(-1))
            return
        }
        let place = buffer.count
        buffer.append(bigEndian: Int32(0))
        buffer.append(binary: field)
        // A message of the server's protocol holds 1 GiB at most.
        guard let length = UInt32(exactly: buffer.count - place - 4), length < 1 << 30 else {
            throw PostgresFailure(.parametersUnexpected)
        }
        for byte in 0..<4 { buffer[place + byte] = UInt8(truncatingIfNeeded: length >> (24 - 8 * byte)) }
    }

    fileprivate mutating func finish() throws(PostgresFailure) {
        buffer.append(bigEndian: Int16(-1))
        try send()
    }

    private mutating func send() throws(PostgresFailure) {
        try connection.send(copied: buffer)
        buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
    }
}
