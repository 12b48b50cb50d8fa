/// A form that something is stored in which the ledger keeps without looking into it: an object, a change.
///
/// A release reads the forms of the one before it, and writes those as long as the two may run side by side.
package struct StoredForm: Sendable, Equatable {
    package var name: String
    /// The version that this program writes.
    package var writes: Int64
    /// The versions that it can read.
    package var reads: ClosedRange<Int64>

    package init(_ name: String, writes: Int64, reads: ClosedRange<Int64>) {
        self.name = name
        self.writes = writes
        self.reads = reads
    }
}
