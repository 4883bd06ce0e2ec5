using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Commands;

/// <summary>All that a command knows when it runs.</summary>
/// <param name="Asker">Who asks; allowed to.</param>
/// <param name="Channel">Where they ask; null on the command line.</param>
/// <param name="Command">What they ask.</param>
/// <param name="Confirmed">True where the change was confirmed.</param>
/// <param name="Now">The instant of the command, UTC.</param>
internal sealed record CommandContext(
    Member Asker,
    ChannelId? Channel,
    ParsedCommand Command,
    bool Confirmed,
    DateTimeOffset Now
)
{
    public ReadOnlyMemory<byte>? Attachment { get; init; }

    /// <summary>A login that was typed into a form; it is in no line. Null for none.</summary>
    public TypedLogin? Login { get; init; }

    public long Community => Asker.Community.Value;

    /// <summary>True on the command line, where there is no member behind the asker.</summary>
    public bool IsOperator => Asker.Id == default;

    /// <summary>How the asker is kept with what waits and in the audit.</summary>
    public string Actor => IsOperator ? "operator" : Asker.Id.ToString();
}

/// <summary>One verb at work.</summary>
internal delegate Task<CommandReply> CommandHandler(CommandContext context, CancellationToken cancellationToken);

/// <summary>Something looked for: the thing, or the sentence that says why there is none.</summary>
internal readonly record struct Found<T>(T? Value, string Problem)
    where T : class;
