using System.Text.RegularExpressions;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>What Discord takes. Source: https://discord.com/developers/docs/interactions/application-commands</summary>
public sealed partial class DiscordCatalogueTests
{
    private const int MostCharacters = 8_000;
    private const int MostOptions = 25;
    private const int MaxDescription = 100;

    private static readonly IReadOnlyList<ApplicationCommand> Commands = DiscordCatalogue.Build();

    [Fact]
    public void There_are_three_commands_and_three_in_the_menu_of_messages()
    {
        Assert.Equal(
            ["news", "news-mod", "news-admin", "Comment number & link", "Hide", "Merge into…"],
            Commands.Select(command => command.Name)
        );
        Assert.Equal(
            [null, Permissions.ManageMessages, Permissions.ManageGuild],
            Commands.Take(3).Select(command => command.DefaultMemberPermissions)
        );
        Assert.All(Commands, command => Assert.Equal([0], command.Contexts));
    }

    [Fact]
    public void Every_verb_of_the_catalogue_is_there_and_is_found_again()
    {
        // What was shown is confirmed by the button below it.
        Assert.All(
            Catalogue.All.Where(spec => spec.Name != "confirm"),
            spec =>
            {
                var name = DiscordCommandName.Of(spec);
                var options = Commands.Single(command => command.Name == name.Root).Options!;
                if (name.Group is { } group)
                {
                    options = options.Single(option => option.Name == group).Options!;
                }

                Assert.Single(options, option => option.Name == name.Verb);
                Assert.Same(spec, DiscordCommandName.Find(name.Root, name.Group, name.Verb));
            }
        );
    }

    [Fact]
    public void Names_and_descriptions_are_as_Discord_wants_them()
    {
        Assert.All(
            Commands.Where(command => command.Type == ApplicationCommandType.ChatInput),
            command =>
            {
                Assert.Matches(Name(), command.Name);
                Assert.InRange(command.Description.Length, 1, MaxDescription);
                Check(command.Options!);
            }
        );
        Assert.All(
            Commands.Where(command => command.Type == ApplicationCommandType.Message),
            command =>
            {
                Assert.Empty(command.Description);
                Assert.Null(command.Options);
                Assert.All(
                    command.NameLocalizations!.Values.Append(command.Name),
                    name => Assert.InRange(name.Length, 1, 32)
                );
            }
        );
    }

    [Fact]
    public void No_command_is_longer_than_Discord_takes_in_its_longest_language()
    {
        Assert.All(Commands, command => Assert.InRange(Characters(command), 1, MostCharacters));
    }

    [Fact]
    public void Every_verb_is_described_in_every_language()
    {
        Assert.All(
            Catalogue.All,
            spec =>
                Assert.Equal(
                    ["de", "es-ES", "fr", "pt-BR"],
                    DiscordWords.Verb(spec.Name)?.Keys.Order(StringComparer.Ordinal)
                )
        );
    }

    [Fact]
    public void Everything_in_the_menus_is_described_in_every_language()
    {
        var admin = Commands.Single(command => command.Name == "news-admin").Options!;
        var all = Commands.SelectMany(command => command.Options ?? []).SelectMany(All).ToList();

        Assert.All(
            all,
            option => Assert.True(option.DescriptionLocalizations?.Count == 4, $"{option.Name}: {option.Description}")
        );
        Assert.Equal("ein anderer Kanal", Verb(admin, "channel", "ping")[1].DescriptionLocalizations?["de"]);
    }

    [Fact]
    public void Places_are_asked_for_by_what_stands_in_them()
    {
        var admin = Commands.Single(command => command.Name == "news-admin").Options!;
        var ping = Verb(admin, "channel", "ping");
        var filter = Verb(admin, "filter", "set");

        Assert.Equal(CommandOptionType.Role, ping[0].Type);
        Assert.Null(ping[0].Required);
        Assert.Equal(CommandOptionType.Channel, ping[1].Type);
        Assert.True(filter[0].Autocomplete);
        Assert.Null(filter.Single(option => option.Name == "filter").Required);
        Assert.Equal(
            ["instant", "digest", "digest+breaking"],
            Verb(admin, "channel", "mode")[0].Choices!.Select(one => one.Name)
        );
        Assert.Contains(
            admin.Single(option => option.Name == "import").Options!,
            option => option.Type == CommandOptionType.Attachment
        );
    }

    private static IEnumerable<CommandOptionSpec> All(CommandOptionSpec option) =>
        (option.Options ?? []).SelectMany(All).Prepend(option);

    private static IReadOnlyList<CommandOptionSpec> Verb(
        IReadOnlyList<CommandOptionSpec> options,
        string group,
        string verb
    ) => options.Single(option => option.Name == group).Options!.Single(option => option.Name == verb).Options!;

    private static void Check(IReadOnlyList<CommandOptionSpec> options)
    {
        Assert.InRange(options.Count, 1, MostOptions);
        Assert.Equal(options.Count, options.Select(option => option.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            options.Select(option => option.Required == true).OrderDescending(),
            options.Select(option => option.Required == true)
        );
        Assert.All(
            options,
            option =>
            {
                Assert.Matches(Name(), option.Name);
                Assert.InRange(option.Description.Length, 1, MaxDescription);
                Assert.All(
                    option.DescriptionLocalizations?.Values ?? [],
                    words => Assert.InRange(words.Length, 1, MaxDescription)
                );
                Assert.InRange(option.Choices?.Count ?? 0, 0, MostOptions);
                Assert.False(option.Choices is not null && option.Autocomplete == true);
                if (option.Options is { } inner)
                {
                    Assert.True(option.Type is CommandOptionType.SubCommand or CommandOptionType.SubCommandGroup);
                    Check(inner);
                }
            }
        );
    }

    private static int Characters(ApplicationCommand command) =>
        Longest(command.Name, command.NameLocalizations)
        + Longest(command.Description, command.DescriptionLocalizations)
        + (command.Options ?? []).Sum(Characters);

    private static int Characters(CommandOptionSpec option) =>
        Longest(option.Name, option.NameLocalizations)
        + Longest(option.Description, option.DescriptionLocalizations)
        + (option.Choices ?? []).Sum(choice => choice.Name.Length + choice.Value.ToString().Length)
        + (option.Options ?? []).Sum(Characters);

    private static int Longest(string text, IReadOnlyDictionary<string, string>? others) =>
        (others?.Values ?? []).Append(text).Max(one => one.Length);

    [GeneratedRegex(@"^[-_\p{Ll}\p{N}]{1,32}$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Name();
}
