namespace NewsBot.Storage;

/// <summary>One account of a member.</summary>
internal sealed class IdentityRow
{
    public required long Id { get; init; }

    /// <summary>The member it is by itself.</summary>
    public required long Own { get; init; }

    public required long Workspace { get; init; }
    public required string Platform { get; init; }
    public required string WorkspaceName { get; init; }

    /// <summary>The name its platform tells.</summary>
    public required string Name { get; init; }
}
