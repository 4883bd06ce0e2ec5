using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using NewsBot.Cli;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Tests.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Every command, tried by everybody, at every door there is. Whoever may not use it is told so in a sentence, and not a
/// row of the database is other than before.
/// </summary>
public sealed class PermissionTests
{
    // Kept by connections and rounds of questions, whoever asks what: where a platform's events stand, and when it was asked.
    internal static readonly string[] Volatile =
    [
        "gateway_session",
        "identity",
        "slack_event",
        "web_session",
        "feed_day",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_catalogue_gives_every_verb_to_whom_the_table_of_rights_gives_it()
    {
        Assert.Equal(
            Rights.Least.OrderBy(right => right.Key, StringComparer.Ordinal),
            Catalogue
                .All.Select(spec => KeyValuePair.Create(spec.Name, spec.Role))
                .OrderBy(right => right.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Discords_menu_gives_everybody_what_is_theirs_and_nothing_more()
    {
        await using var world = await DoorWorld.StartAsync();

        await EverybodyAsync(
            world,
            Person.OfDiscord,
            (person, spec) => world.InDiscordAsync(person.Name, spec),
            // The buttons below what is shown do it.
            spec => spec.Name != "confirm"
        );
    }

    [Fact]
    public async Task Slacks_line_gives_everybody_what_is_theirs_and_nothing_more()
    {
        await using var world = await DoorWorld.StartAsync();

        await EverybodyAsync(
            world,
            Person.OfSlack,
            async (person, spec) =>
            {
                var asked = world
                    .Slack.Human(person.Name)
                    .Slash(
                        "/news",
                        DoorWorld.LineOf(spec),
                        person.Role is null ? world.Shared : world.Slack.Channels.Public
                    );
                var answer = await asked.AnswerAsync(Stop);
                // A window, and what takes longer, shows that first.
                if (answer.ToJsonString(DoorWorld.Readable).Contains("One moment…", StringComparison.Ordinal))
                {
                    answer = await asked.AnswerAsync(2, Stop);
                }

                return answer.ToJsonString(DoorWorld.Readable);
            },
            // Slack lets us ask a hundred times a minute who somebody is: each verb is tried by some, and each of them
            // tries some of every kind.
            share: 5
        );
    }

    [Fact]
    public async Task The_built_in_chat_gives_everybody_what_is_theirs_and_nothing_more()
    {
        await using var world = await DoorWorld.StartAsync();

        await EverybodyAsync(
            world,
            Person.OfWeb,
            async (person, spec) =>
            {
                using var browser = new WebVisitor(world, $"newsbot={DoorWorld.SecretOf(person)}");
                var proof = await browser.ProofAsync("/chat/news");
                return await browser.PostAsync(
                    "/chat/news/messages",
                    [
                        KeyValuePair.Create("proof", proof),
                        KeyValuePair.Create("text", $"/news {DoorWorld.LineOf(spec)}"),
                    ]
                );
            }
        );
    }

    [Fact]
    public async Task The_API_gives_everybody_what_is_theirs_and_nothing_more()
    {
        await using var world = await DoorWorld.StartAsync();

        await EverybodyAsync(
            world,
            Person.OfWeb,
            async (person, spec) =>
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Post,
                    FormattableString.Invariant($"/api/v1/channels/{world.WebChannel}/messages")
                )
                {
                    Content = JsonContent.Create(new { text = $"/news {DoorWorld.LineOf(spec)}", author = "admin" }),
                };
                request.Headers.Host = new Uri(SignInRig.PublicUrl).Host;
                request.Headers.Authorization = new("Bearer", DoorWorld.SecretOf(person));
                using var answer = await world.Rig.Newsroom.Http.SendAsync(request, Stop);
                var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
                return (json["text"] ?? json["detail"])!.ToString();
            }
        );
    }

    [Fact]
    public async Task The_settings_give_everybody_what_is_theirs_and_nothing_more()
    {
        await using var world = await DoorWorld.StartAsync();
        var browsers = new Dictionary<string, WebVisitor>(StringComparer.Ordinal);
        foreach (var person in Person.OfDiscord)
        {
            browsers[person.What] = await WebVisitor.SignInAsync(world, person.Name);
        }

        browsers["stranger"] = new WebVisitor(world, "");
        await EverybodyAsync(
            world,
            [new Person("stranger", "nobody", null), .. Person.OfDiscord],
            async (person, spec) =>
            {
                var browser = browsers[person.What];
                var parsed = Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(DoorWorld.LineOf(spec))).Command;
                return await browser.PostAsync(
                    $"{SettingsCatalogue.Path(spec)}?community=1",
                    [
                        KeyValuePair.Create(
                            "proof",
                            await browser.ProofAsync(person.Role is null ? "/chat/news" : "/me")
                        ),
                        .. parsed.Arguments,
                        .. parsed.Options,
                    ]
                );
            },
            spec => SettingsCatalogue.Find(SettingsCatalogue.Slug(spec)) is not null
        );
        foreach (var browser in browsers.Values)
        {
            browser.Dispose();
        }
    }

    [Fact]
    public async Task The_queue_of_held_replies_is_for_moderators()
    {
        await using var world = await DoorWorld.StartAsync();

        foreach (var person in Person.OfDiscord)
        {
            using var browser = await WebVisitor.SignInAsync(world, person.Name);
            var proof = await browser.ProofAsync("/me");
            var before = await DatabaseDump.ReadAsync(world.Database, Volatile);
            var answer = await browser.PostAsync(
                "/moderation?community=1",
                [
                    KeyValuePair.Create("proof", proof),
                    KeyValuePair.Create("comment", "1#1"),
                    KeyValuePair.Create("decision", "show"),
                ]
            );

            Assert.True(
                person.Role < Role.Moderator == answer.Contains("This is for moderators", StringComparison.Ordinal),
                $"{person}: {Plain(answer)}"
            );
            DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(world.Database, Volatile));
        }
    }

    [Fact]
    public async Task Whoever_sits_at_the_machine_may_do_everything()
    {
        await using var world = await DoorWorld.StartAsync();

        foreach (var spec in Catalogue.All)
        {
            var words = DoorWorld.LineOf(spec).Split(' ').Select(word => word.Trim('"')).ToList();
            var reply = await CatalogueVerb.AskAsync(world.Rig.Newsroom.Services, words, null, Stop);
            Assert.DoesNotContain(DoorWorld.Refused, reply.Markdown, StringComparison.Ordinal);
            Assert.NotEmpty(reply.Markdown);
        }
    }

    // What is not theirs comes first, so that nothing that is theirs can have made a difference.
    private static async Task EverybodyAsync(
        DoorWorld world,
        IReadOnlyList<Person> people,
        Func<Person, CommandSpec, Task<string>> ask,
        Func<CommandSpec, bool>? isOffered = null,
        int share = 1
    )
    {
        var verbs = Catalogue.All.Where(isOffered ?? (static _ => true)).ToList();
        List<string> wrong = [];
        var before = await DatabaseDump.ReadAsync(world.Database, Volatile);
        foreach (var (place, person) in people.Index())
        {
            foreach (var spec in verbs.Where((spec, index) => index % share == place % share && !May(person, spec)))
            {
                var answer = Plain(await ask(person, spec));
                if (!IsRefusal(person, answer))
                {
                    wrong.Add($"{person} was not refused {spec.Name}: {answer}");
                }
            }

            var after = await DatabaseDump.ReadAsync(world.Database, Volatile);
            DatabaseDump.AssertSame(before, after);
        }

        foreach (var (place, person) in people.Index())
        {
            foreach (var spec in verbs.Where((spec, index) => index % share == place % share && May(person, spec)))
            {
                var answer = Plain(await ask(person, spec));
                // Help on a command of others says at its end whose it is.
                if (spec.Name != "help" && (answer.Length == 0 || IsRefusal(person, answer)))
                {
                    wrong.Add($"{person} was refused {spec.Name}: {answer}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool May(Person person, CommandSpec spec) => person.Role >= Rights.Least[spec.Name];

    private static bool IsRefusal(Person person, string answer) =>
        person.Role is null
            ? new[]
            {
                "belongs to the other workspace",
                "not installed in your workspace",
                "Authorization: Bearer",
                "unknown or was revoked",
                "Nobody is signed in here",
                "Pick a name",
                "name first",
            }.Any(words => answer.Contains(words, StringComparison.OrdinalIgnoreCase))
            : answer.Contains(DoorWorld.Refused, StringComparison.Ordinal)
                || answer.Contains("neither admin nor moderator", StringComparison.Ordinal);

    private static string Plain(string answer) =>
        answer.Contains("<html", StringComparison.OrdinalIgnoreCase)
            ? new HtmlParser().ParseDocument(answer).Body!.TextContent
            : answer;
}
