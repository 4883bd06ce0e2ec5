using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Commands;

/// <summary>A line somebody wants to run.</summary>
/// <param name="Asker">Who asks; what they may do is checked against this.</param>
/// <param name="Channel">Where they ask; null on the command line.</param>
/// <param name="Line">The line, with or without "/news".</param>
/// <param name="Confirmed">True where the door has asked already (--yes on the command line).</param>
internal sealed record CommandRequest(Member Asker, ChannelId? Channel, string Line, bool Confirmed)
{
    /// <summary>The line as a shell has cut it; null where the line itself is to be cut.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The verb and its values by name, from a door that asks for each; null where the line is to be read.</summary>
    public TypedCommand? Typed { get; init; }

    /// <summary>A file that comes with the line; null for none.</summary>
    public ReadOnlyMemory<byte>? Attachment { get; init; }

    /// <summary>A login that comes from a form beside the line, which is kept; null for none.</summary>
    public TypedLogin? Login { get; init; }

    /// <summary>The person at the machine itself, who is no member but may do everything.</summary>
    public static Member Operator(CommunityId community) => new(default, community, "operator", Role.Admin, null);
}

/// <summary>A command as a form gives it.</summary>
/// <param name="Spec">The verb.</param>
/// <param name="Values">By the name of an argument or option.</param>
internal sealed record TypedCommand(CommandSpec Spec, IReadOnlyDictionary<string, string> Values);
