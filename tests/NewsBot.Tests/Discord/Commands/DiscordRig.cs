using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Tests.Commands;
using NewsBot.Web;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>A newsroom whose community has a guild, and people of it who use its commands.</summary>
internal sealed class DiscordRig : IAsyncDisposable
{
    public const string Guild = "81384788765712384";
    public const string TextChannel = "175928847299117063";
    public const string Forum = "175928847299117064";
    public const string News = "175928847299117065";

    private int _interactions;

    private readonly StrongBox<Snowflake?> _thread;

    private DiscordRig(CommandRig rig, RecordedDiscord discord, StrongBox<Snowflake?> thread)
    {
        _thread = thread;
        Rig = rig;
        Discord = discord;
    }

    public static Person Admin { get; } = new("1001", "Ann", Permissions.ManageGuild | Permissions.SendMessages);
    public static Person Moderator { get; } = new("1002", "Max", Permissions.ManageMessages);
    public static Person Reader { get; } = new("1003", "Rob", Permissions.SendMessages);

    public CommandRig Rig { get; }

    public RecordedDiscord Discord { get; }

    /// <summary>The thread that can be opened; null where none can.</summary>
    public Snowflake? Thread
    {
        set => _thread.Value = value;
    }

    public DiscordCommands Commands => Rig.Services.GetRequiredService<DiscordCommands>();

    /// <summary>The newest answer to an interaction.</summary>
    public JsonElement Last => Discord.Callbacks[^1];

    public string LastText => Last.GetProperty("data").GetProperty("content").GetString()!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<DiscordRig> NewAsync(string? publicUrl = "https://news.example.org")
    {
        var discord = new RecordedDiscord();
        var thread = new StrongBox<Snowflake?>();
        var rig = await CommandRig.NewAsync(services =>
            services
                .AddSingleton(Options.Create(new WebOptions { PublicUrl = publicUrl }))
                .AddSingleton(provider => new DiscordRest(
                    new DiscordRestOptions(new Uri("http://127.0.0.1:1/api/v10"), "token", "DiscordBot (x, 1)"),
                    new HttpClient(discord),
                    provider.GetRequiredService<TimeProvider>()
                ))
                .AddSingleton<DiscordSelf>()
                .AddSingleton<DiscordGuilds>()
                .AddSingleton<IPostStore, PostStore>()
                .AddSingleton(UnheardMeter.Flows)
                .AddSingleton<SendPosts>()
                .AddSingleton<PostPump>()
                .AddDiscordCommands()
                .AddSingleton<OpenDiscussion>((_, _, _) => Task.FromResult(thread.Value))
        );
        await rig.SqlAsync(
            $"""
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 1, 'discord', '{Guild}', 'Guild');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, created_at)
            VALUES (10, 1, 2, '{TextChannel}', 'general', @Now);
            """
        );
        return new DiscordRig(rig, discord, thread);
    }

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        Discord.Dispose();
    }

    public Task SendAsync(Interaction interaction) => Commands.AnswerAsync(interaction, Stop);

    /// <summary>Uses a command of the menu, such as "news-admin digest set", with its options.</summary>
    public Task UseAsync(Person person, string command, params (string Name, object Value)[] options) =>
        SendAsync(Command(person, command, options));

    public Interaction Command(Person person, string command, params (string Name, object Value)[] options) =>
        Make(InteractionType.Command, person, Data(command, focused: null, options));

    /// <summary>Types into one option, and gives what is suggested as (label, value).</summary>
    public async Task<IReadOnlyList<(string Label, string Value)>> TypeAsync(
        Person person,
        string command,
        string option,
        string typed
    )
    {
        await SendAsync(Make(InteractionType.Autocomplete, person, Data(command, option, [(option, typed)])));
        Assert.Equal(8, Last.GetProperty("type").GetInt32());
        return
        [
            .. Last.GetProperty("data")
                .GetProperty("choices")
                .EnumerateArray()
                .Select(choice => (choice.GetProperty("name").GetString()!, choice.GetProperty("value").GetString()!)),
        ];
    }

    public Task PressAsync(Person person, string customId, params string[] values) =>
        SendAsync(
            Make(
                InteractionType.Component,
                person,
                new JsonObject
                {
                    ["custom_id"] = customId,
                    ["component_type"] = values.Length == 0 ? 2 : 3,
                    ["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
                }
            )
        );

    /// <summary>Sends a form with one field.</summary>
    public Task SubmitAsync(Person person, string customId, string field, string value) =>
        SubmitAsync(person, customId, (field, value));

    /// <summary>Sends a form.</summary>
    public Task SubmitAsync(Person person, string customId, params (string Name, string Value)[] fields) =>
        SendAsync(
            Make(
                InteractionType.ModalSubmit,
                person,
                new JsonObject
                {
                    ["custom_id"] = customId,
                    ["components"] = new JsonArray([
                        .. fields.Select(field => new JsonObject
                        {
                            ["type"] = 18,
                            ["component"] = new JsonObject
                            {
                                ["type"] = 4,
                                ["custom_id"] = field.Name,
                                ["value"] = field.Value,
                            },
                        }),
                    ]),
                }
            )
        );

    /// <summary>Uses a command of a message's menu.</summary>
    public Task UseOnAsync(Person person, string command, string messageId) =>
        SendAsync(
            Make(
                InteractionType.Command,
                person,
                new JsonObject
                {
                    ["name"] = command,
                    ["type"] = 3,
                    ["target_id"] = messageId,
                    ["resolved"] = new JsonObject
                    {
                        ["messages"] = new JsonObject
                        {
                            [messageId] = new JsonObject { ["id"] = messageId, ["channel_id"] = TextChannel },
                        },
                    },
                }
            )
        );

    /// <summary>Ids of the buttons below the newest answer.</summary>
    public IReadOnlyList<string> Buttons() => Buttons(Last.GetProperty("data"));

    public static IReadOnlyList<string> Buttons(JsonElement message) =>
        message.TryGetProperty("components", out var rows)
            ?
            [
                .. rows.EnumerateArray()
                    .SelectMany(row => row.GetProperty("components").EnumerateArray())
                    .Select(button => button.GetProperty("custom_id").GetString()!),
            ]
            : [];

    public void Answer(string pathEnd, HttpStatusCode status, string body) => Discord.Answers[pathEnd] = (status, body);

    public Interaction Make(InteractionType type, Person person, JsonObject data, string? guild = Guild)
    {
        var id = (1_000_000 + Interlocked.Increment(ref _interactions)).ToString(CultureInfo.InvariantCulture);
        var user = new JsonObject { ["id"] = person.Id, ["username"] = person.Name };
        var json = new JsonObject
        {
            ["id"] = id,
            ["application_id"] = "42",
            ["type"] = (int)type,
            ["token"] = $"token{id}",
            ["data"] = data,
            ["channel_id"] = TextChannel,
            ["channel"] = new JsonObject
            {
                ["id"] = TextChannel,
                ["type"] = 0,
                ["name"] = "general",
            },
        };
        if (guild is null)
        {
            json["user"] = user;
        }
        else
        {
            json["guild_id"] = guild;
            json["member"] = new JsonObject
            {
                ["user"] = user,
                ["permissions"] = ((ulong)person.Permissions).ToString(CultureInfo.InvariantCulture),
            };
        }

        return json.Deserialize<Interaction>(DiscordJson.Options)!;
    }

    private static JsonObject Data(string command, string? focused, (string Name, object Value)[] options)
    {
        var words = command.Split(' ');
        var verb = new JsonObject
        {
            ["name"] = words[^1],
            ["type"] = 1,
            ["options"] = new JsonArray([
                .. options.Select(option => new JsonObject
                {
                    ["name"] = option.Name,
                    ["type"] = option.Value is int ? 4 : 3,
                    ["value"] = option.Value is int number ? number : (JsonNode)(string)option.Value,
                    ["focused"] = option.Name == focused,
                }),
            ]),
        };
        var top =
            words.Length == 2
                ? verb
                : new JsonObject
                {
                    ["name"] = words[1],
                    ["type"] = 2,
                    ["options"] = new JsonArray(verb),
                };
        return new JsonObject
        {
            ["name"] = words[0],
            ["type"] = 1,
            ["options"] = new JsonArray(top),
            ["resolved"] = new JsonObject
            {
                ["channels"] = new JsonObject
                {
                    [Forum] = Channel(Forum, 15, "talk"),
                    [News] = Channel(News, 5, "announcements"),
                    ["999"] = Channel("999", 2, "voice"),
                },
            },
        };
    }

    private static JsonObject Channel(string id, int type, string name) =>
        new()
        {
            ["id"] = id,
            ["type"] = type,
            ["name"] = name,
        };

    /// <summary>Somebody in the guild.</summary>
    internal sealed record Person(string Id, string Name, Permissions Permissions);
}
