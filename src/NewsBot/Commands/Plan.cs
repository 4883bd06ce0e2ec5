using System.Data.Common;

namespace NewsBot.Commands;

/// <summary>What a changing command is about to do.</summary>
internal abstract record Plan
{
    private Plan() { }

    /// <summary>It will do nothing, and says why.</summary>
    /// <param name="Markdown">One or two sentences.</param>
    internal sealed record Refused(string Markdown) : Plan;

    /// <summary>It will change something.</summary>
    /// <param name="Target">What is changed, for the audit, such as "source-3 The Daily".</param>
    /// <param name="Difference">What will be other than now, before it is done.</param>
    /// <param name="Done">What to say once it is done.</param>
    internal sealed record Change(string Target, string Difference, string Done) : Plan
    {
        /// <summary>The rows to change; they can be put back.</summary>
        public IReadOnlyList<RowChange> Rows { get; init; } = [];

        /// <summary>What cannot be said as rows; runs in the transaction, after the rows. Null for nothing.</summary>
        public Func<DbConnection, Task<Applied>>? ApplyAsync { get; init; }

        /// <summary>What the audit keeps where there are no rows to put back.</summary>
        public object? AuditBefore { get; init; }

        /// <summary>As <see cref="AuditBefore"/>.</summary>
        public object? AuditAfter { get; init; }

        /// <summary>False where "undo" cannot take it back.</summary>
        public bool CanUndo { get; init; } = true;

        /// <summary>The line that makes exactly this change; null for the line that was asked.</summary>
        public string? Line { get; init; }

        /// <summary>Stories whose cards or pages show the change.</summary>
        public IReadOnlyList<long> Stories { get; init; } = [];
    }

    /// <summary>What the special part of a change did.</summary>
    /// <param name="Rows">Rows it changed, so that they can be put back; empty where they cannot.</param>
    /// <param name="Note">Words for the asker that were not known before; null for none.</param>
    internal sealed record Applied(IReadOnlyList<RowChange> Rows, string? Note = null);
}
