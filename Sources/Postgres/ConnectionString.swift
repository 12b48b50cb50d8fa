private import CLibPQ
private import Diagnostics

/// Where a Postgres server is and how to log in, in libpq's own words.
///
/// It prints without its secrets.
package struct ConnectionString: Sendable, Equatable, CustomStringConvertible {
    /// Keywords and values, each keyword once.
    private(set) var settings: [(keyword: String, value: String)]

    /// Reads `host=a,b dbname=sluis target_session_attrs=read-write` or `postgresql://…`.
    ///
    /// - Throws: `P101` without the text, which may hold a password.
    package init(_ text: String) throws(PostgresFailure) {
        // A NUL would hide what follows it from libpq.
        guard !text.utf8.contains(0), let settings = Self.parse(text) else {
            throw PostgresFailure(.connectionStringInvalid)
        }
        self.settings = settings
    }

    init(settings: [(keyword: String, value: String)]) {
        self.settings = settings
    }

    /// The same server and user, another database.
    package func with(database: String) -> Self {
        var copy = self
        copy.set("dbname", database)
        return copy
    }

    /// The same, under that name in the server's `pg_stat_activity`.
    package func with(applicationName name: String) -> Self {
        var copy = self
        copy.set("application_name", name)
        return copy
    }

    package var description: String {
        settings
            .map { "\($0.keyword)=\(Self.isSecret($0.keyword) ? "***" : $0.value)" }
            .joined(separator: " ")
    }

    /// Host names or socket folders, for an error's place.
    package var address: String {
        let host = value("host") ?? value("hostaddr") ?? value("service") ?? "the default server"
        return value("port").map { "\(host) port \($0)" } ?? host
    }

    /// What libpq gets: the settings, and our defaults for what they leave open.
    var completed: [(keyword: String, value: String)] {
        var copy = self
        // Values are UTF-8 whatever the machine's locale says.
        copy.set("client_encoding", "UTF8")
        var defaults = [
            ("application_name", "sluis"), ("connect_timeout", "10"), ("keepalives_idle", "30"),
            ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "60000"),
        ]
        // Of several hosts, only the one that takes writes is of use.
        if value("host")?.contains(",") == true || value("hostaddr")?.contains(",") == true {
            defaults.append(("target_session_attrs", "read-write"))
        }
        for (keyword, value) in defaults where copy.value(keyword) == nil { copy.set(keyword, value) }
        return copy.settings
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.settings.elementsEqual(right.settings) { $0 == $1 }
    }

    private func value(_ keyword: String) -> String? {
        settings.first { $0.keyword == keyword }?.value
    }

    private mutating func set(_ keyword: String, _ value: String) {
        settings.removeAll { $0.keyword == keyword }
        settings.append((keyword, value))
    }

    private static func isSecret(_ keyword: String) -> Bool {
        keyword.hasSuffix("password")
    }

    private static func parse(_ text: String) -> [(keyword: String, value: String)]? {
        // No error text is asked for: it repeats parts of the string.
        guard let options = unsafe PQconninfoParse(text, nil) else { return nil }
        defer { unsafe PQconninfoFree(options) }
        var settings: [(keyword: String, value: String)] = []
        var next = unsafe options
        while let keyword = unsafe next.pointee.keyword {
            if let value = unsafe next.pointee.val {
                settings.append(unsafe (String(cString: keyword), String(cString: value)))
            }
            unsafe next += 1
        }
        return settings
    }
}
