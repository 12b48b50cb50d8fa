import Diagnostics
import Postgres
import TestSupport
import Testing
import Threads

@Suite("A notification") struct NotificationTests {
    let database: ThrowawayPostgres.Database
    let listener: Connection
    let sender: Connection

    init() throws {
        database = try ThrowawayPostgres.database()
        listener = try database.connect()
        sender = try database.connect()
        try listener.listen(to: "work")
    }

    @Test("reaches who listens, in order, and nobody of another channel")
    func reaches() throws {
        try sender.notify("other", payload: "no")
        try sender.notify("work", payload: "1")
        try sender.notify("work")
        let first = try listener.nextNotification(until: nil)
        #expect(first == Notification(channel: "work", payload: "1"))
        #expect(try listener.nextNotification(until: nil)?.payload == "")
        #expect(try listener.nextNotification(until: .now) == nil)
    }

    @Test("comes with the commit, and not at all when the transaction is undone")
    func commit() throws {
        try sender.transaction { () throws(PostgresFailure) in
            try sender.notify("work", payload: "never")
            sender.abandonTransaction()
        }
        try sender.transaction { () throws(PostgresFailure) in
            try sender.notify("work", payload: "kept")
            #expect(try listener.nextNotification(until: .now) == nil)
        }
        #expect(try listener.nextNotification(until: nil)?.payload == "kept")
    }

    @Test("is waited for until a stop is asked")
    func stop() throws {
        let stop = try StopSignal()
        let answer = OneShot<Bool>()
        let string = database.connection
        let thread = try Thread.start("listener") {
            let listener = try? Connection(string)
            try? listener?.listen(to: "work")
            let notification = try? listener?.nextNotification(until: nil, orStop: stop)
            answer.fulfil(notification == nil)
        }
        stop.set()
        #expect(answer.wait() == true)
        thread.join()
    }

    @Test("that cannot come any more is a lost connection")
    func lost() throws {
        let id = try listener.execute("SELECT pg_backend_pid()").only().int(0)
        try sender.execute("SELECT pg_terminate_backend($1::int, 10000)", [.int(id)])
        try expectFailure(.connectionLost) { try listener.nextNotification(until: nil) }
    }
}
