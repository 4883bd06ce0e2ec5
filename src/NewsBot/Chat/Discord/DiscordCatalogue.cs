using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Commands;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Discord;

/// <summary>The catalogue as Discord's menu shows it. A verb added to the catalogue is here by itself. Pure.</summary>
internal static class DiscordCatalogue
{
    /// <summary>Message command: which number a comment has and where it stands.</summary>
    public const string NumberAndLink = "Comment number & link";

    /// <summary>Message command: hides a comment on its page.</summary>
    public const string Hide = "Hide";

    /// <summary>Message command: points the story of a card at another.</summary>
    public const string MergeInto = "Merge into…";

    /// <summary>The option every command on a channel has.</summary>
    public const string ChannelOption = "channel";

    /// <summary>The option through which a file comes.</summary>
    public const string FileOption = "file";

    // Done by the buttons below what is shown.
    private const string Confirm = "confirm";

    // Discord's own limit of a text option; a filter is the longest there is.
    private const int MaxText = 4_000;

    private const int MaxDescription = 100;

    /// <summary>Channels in which stories can be posted.</summary>
    public static IReadOnlyList<ChannelType> Postable { get; } =
    [ChannelType.Text, ChannelType.Announcement, ChannelType.Forum, ChannelType.Media];

    // A thread counts as the channel it stands in.
    private static readonly ChannelType[] Choosable =
    [
        .. Postable,
        ChannelType.AnnouncementThread,
        ChannelType.PublicThread,
        ChannelType.PrivateThread,
    ];

    /// <summary>All commands: three with subcommands, and those of the message menu.</summary>
    public static IReadOnlyList<ApplicationCommand> Build() =>
        [
            Root(Role.Member, null),
            Root(Role.Moderator, Permissions.ManageMessages),
            Root(Role.Admin, Permissions.ManageGuild),
            Message(NumberAndLink, null),
            Message(Hide, Permissions.ManageMessages),
            Message(MergeInto, Permissions.ManageMessages),
        ];

    private static ApplicationCommand Root(Role role, Permissions? needed)
    {
        var name = DiscordCommandName.RootOf(role);
        var verbs = Catalogue
            .All.Where(spec => spec.Role == role && spec.Name != Confirm)
            .Select(spec => (Spec: spec, Name: DiscordCommandName.Of(spec)))
            .ToList();
        var options = verbs
            .GroupBy(verb => verb.Name.Group ?? verb.Name.Verb, StringComparer.Ordinal)
            .SelectMany(group =>
                group.First().Name.Group is { } groupName
                    ? [Group(groupName, [.. group.Select(verb => Verb(verb.Spec, verb.Name.Verb))])]
                    : group.Select(verb => Verb(verb.Spec, verb.Name.Verb))
            );
        return new ApplicationCommand(name)
        {
            Description = DiscordWords.Roots[name],
            DescriptionLocalizations = DiscordWords.Root(name),
            Options = [.. options],
            DefaultMemberPermissions = needed,
            Contexts = [0],
        };
    }

    private static ApplicationCommand Message(string name, Permissions? needed) =>
        new(name)
        {
            Type = ApplicationCommandType.Message,
            NameLocalizations = DiscordWords.Message(name),
            DefaultMemberPermissions = needed,
            Contexts = [0],
        };

    private static CommandOptionSpec Group(string name, IReadOnlyList<CommandOptionSpec> verbs) =>
        new(CommandOptionType.SubCommandGroup, name, DiscordWords.GroupDescription(name))
        {
            DescriptionLocalizations = DiscordWords.Group(name),
            Options = verbs,
        };

    private static CommandOptionSpec Verb(CommandSpec spec, string name)
    {
        List<CommandOptionSpec> options =
        [
            .. spec.Arguments.Select(argument => Argument(spec, argument)),
            .. spec.Options.Select(option => Option(spec, option)),
        ];
        if (spec.Name == "import")
        {
            options.Add(
                new CommandOptionSpec(CommandOptionType.Attachment, FileOption, "the list, where it is a file")
                {
                    DescriptionLocalizations = DiscordWords.PlaceElsewhere(FileOption),
                }
            );
        }

        if (spec.TakesChannel)
        {
            options.Add(
                new CommandOptionSpec(CommandOptionType.Channel, ChannelOption, "another channel")
                {
                    DescriptionLocalizations = DiscordWords.PlaceElsewhere(ChannelOption),
                    ChannelTypes = Choosable,
                }
            );
        }

        return new CommandOptionSpec(CommandOptionType.SubCommand, name, Cut(spec.Summary))
        {
            DescriptionLocalizations = DiscordWords.Verb(spec.Name),
            // Discord wants the required ones first.
            Options = options.Count == 0 ? null : [.. options.OrderBy(option => option.Required != true)],
        };
    }

    private static CommandOptionSpec Argument(CommandSpec spec, CommandArgument argument)
    {
        var value = argument.Choices.Count > 0 ? CommandValue.Text : CommandValues.Of(spec, argument.Name);
        return Typed(value, argument.Name, DiscordWords.Place(spec, argument.Name)) with
        {
            DescriptionLocalizations = DiscordWords.PlaceElsewhere(spec, argument.Name),
            // A role is left out to name none, a form opens where its text is left out.
            Required = argument.IsRequired && value is not (CommandValue.Role or CommandValue.Form) ? true : null,
            Choices =
                argument.Choices.Count > 0
                    ? [.. argument.Choices.Select(choice => CommandChoice.Of(choice, choice))]
                    : null,
            MaxLength = argument.Choices.Count == 0 && Type(value) == CommandOptionType.String ? MaxText : null,
        };
    }

    private static CommandOptionSpec Option(CommandSpec spec, CommandOption option)
    {
        // "silent|say" is how the catalogue writes the words that are possible.
        var choices = option.Value?.Contains('|', StringComparison.Ordinal) == true ? option.Value.Split('|') : [];
        return Typed(CommandValues.Of(spec, option.Name), option.Name, Cut(option.Summary)) with
        {
            DescriptionLocalizations = DiscordWords.PlaceElsewhere(option.Name),
            Choices = choices.Length > 0 ? [.. choices.Select(choice => CommandChoice.Of(choice, choice))] : null,
        };
    }

    private static CommandOptionSpec Typed(CommandValue value, string name, string description) =>
        new(Type(value), name, description)
        {
            MinValue = value == CommandValue.Number ? 0 : null,
            Autocomplete = CommandValues.IsCompleted(value) ? true : null,
        };

    private static CommandOptionType Type(CommandValue value) =>
        value switch
        {
            CommandValue.Number => CommandOptionType.Integer,
            CommandValue.Role => CommandOptionType.Role,
            _ => CommandOptionType.String,
        };

    private static string Cut(string text) => text.Length <= MaxDescription ? text : text[..(MaxDescription - 1)] + "…";
}
