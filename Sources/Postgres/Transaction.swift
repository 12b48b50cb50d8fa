private import Diagnostics

extension Connection {
    /// Runs `body` in a transaction: committed when it returns, undone when it throws.
    ///
    /// - Parameter attempts: how often in all, when another transaction was in the way (SQLSTATE 40001,
    ///   40P01, 55P03); `body` then runs again from its start, so it has no effect but on the database.
    /// - Throws: what `body` throws, or `P107` when the connection broke during the commit.
    package func transaction<Value>(
        attempts: Int = 3, _ body: () throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        var attempt = 1
        while true {
            do throws(PostgresFailure) {
                return try transactionOnce(body)
            } catch  where error.isConflict && attempt < attempts {
                attempt += 1
            }
        }
    }

    /// Makes the transaction that is open end in a rollback, though its body returns: for a body that saw
    /// half way that it must not write after all, and has that to tell.
    package func abandonTransaction() {
        isAbandoned = true
    }

    private func transactionOnce<Value>(
        _ body: () throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        isAbandoned = false
        // A second BEGIN would be a warning only, and the inner COMMIT would commit the outer transaction.
        guard !isInTransaction else {
            throw PostgresFailure(.statementRefused, hint: "a transaction is open already")
        }
        try execute("BEGIN")
        let value: Value
        do throws(PostgresFailure) {
            value = try body()
        } catch {
            if isAlive { _ = try? execute("ROLLBACK") }  // The failure that led here is the one to tell.
            throw error
        }
        if isAbandoned {
            isAbandoned = false
            try execute("ROLLBACK")
            return value
        }
        try commitOpenTransaction()
        return value
    }

    private func commitOpenTransaction() throws(PostgresFailure) {
        let rows: Rows
        do throws(PostgresFailure) {
            rows = try execute("COMMIT")
        } catch {
            var failure = error
            if failure.isConnectionLost { failure.code = .commitUnknown }
            throw failure
        }
        // A server answers a COMMIT of a failed transaction with ROLLBACK, and no error.
        guard rows.command == "COMMIT" else { throw PostgresFailure(.statementRefused, hint: "rolled back") }
    }
}
