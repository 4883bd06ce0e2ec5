namespace NewsBot.Core.Communities;

/// <summary>What a platform says of an account in a workspace. Each answer has its own type.</summary>
public abstract record Standing
{
    private Standing() { }

    /// <summary>It belongs there.</summary>
    /// <param name="Name">As people see it, unchecked; null where it was not told.</param>
    /// <param name="Role">What the platform's own permissions make of it.</param>
    public sealed record Present(string? Name, Role Role) : Standing
    {
        /// <summary>Since when, UTC; null where it was not told.</summary>
        public DateTimeOffset? JoinedAt { get; init; }

        /// <summary>Until when it may write nothing, UTC; null where it may.</summary>
        public DateTimeOffset? SilencedUntil { get; init; }

        /// <summary>Address of its picture; null for none that can be fetched.</summary>
        public string? Picture { get; init; }
    }

    /// <summary>It does not belong there: it left, was thrown out, was closed, or is a guest of a part of it only.</summary>
    public sealed record Absent : Standing;

    /// <summary>The platform does not say right now.</summary>
    public sealed record Unknown : Standing;
}
