using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Commands;
using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

/// <summary>What somebody filled in for a command of Discord's menu. Pure; everything in it is foreign.</summary>
/// <param name="Spec">The verb.</param>
/// <param name="Options">As sent, by name.</param>
internal sealed record DiscordInput(CommandSpec Spec, IReadOnlyDictionary<string, InteractionOption> Options)
{
    // Discord sends at most as many; more is not from Discord.
    private const int MostOptions = 25;

    /// <summary>What "channel ping" is given where no role was chosen.</summary>
    private const string NoRole = "off";

    /// <returns>Null for a command we do not have (any more).</returns>
    public static DiscordInput? Read(InteractionData data)
    {
        var (group, at) = (default(string), First(data.Options));
        if (at is { Type: CommandOptionType.SubCommandGroup })
        {
            group = at.Name;
            at = First(at.Options);
        }

        if (
            data.Name is not { } root
            || at is not { Type: CommandOptionType.SubCommand }
            || DiscordCommandName.Find(root, group, at.Name) is not { } spec
        )
        {
            return null;
        }

        var options = new Dictionary<string, InteractionOption>(StringComparer.Ordinal);
        foreach (var option in (at.Options ?? []).Take(MostOptions))
        {
            options[option.Name] = option;
        }

        return new DiscordInput(spec, options);
    }

    /// <summary>The value of an option as text; null where it is absent or empty.</summary>
    public string? Text(string name) =>
        Options.GetValueOrDefault(name)?.Value switch
        {
            { ValueKind: JsonValueKind.String } text when !string.IsNullOrWhiteSpace(text.GetString()) =>
                text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    /// <summary>The id an option holds; null where it holds none.</summary>
    public Snowflake? Id(string name) => Snowflake.TryParse(Text(name), out var id) ? id : null;

    /// <summary>The option being typed; null where none is.</summary>
    public string? Focused => Options.Values.FirstOrDefault(option => option.Focused == true)?.Name;

    /// <summary>The command with its values by the catalogue's names.</summary>
    /// <param name="channel">Our name of the channel that was chosen; null where none was.</param>
    public TypedCommand ToCommand(string? channel)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Spec.Arguments.Select(one => one.Name).Concat(Spec.Options.Select(one => one.Name)))
        {
            if (Text(name) is { } text)
            {
                values[name] = text;
            }
            else if (IsRole(name))
            {
                values[name] = NoRole;
            }
        }

        if (channel is not null)
        {
            values[DiscordCatalogue.ChannelOption] = channel;
        }

        return new TypedCommand(Spec, values);
    }

    private static InteractionOption? First(IReadOnlyList<InteractionOption>? options) =>
        options is [var first, ..] ? first : null;

    private bool IsRole(string name) =>
        CommandValues.Of(Spec, name) == CommandValue.Role
        && Spec.Arguments.Any(argument => argument.Name == name && argument.Choices.Count == 0);
}
