using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Tests.Doors;

namespace NewsBot.Tests.Commands;

/// <summary>Any configuration comes back as it went out, and a broken one changes nothing and says why.</summary>
public sealed class ConfigurationPropertyTests
{
    private static readonly string[] Names =
    [
        "The Daily",
        "L’Équipe & Söhne <b>x</b>",
        "**bold** [link](https://a.example)",
        "日本経済新聞",
        "أخبار اليوم",
        "{{ headline }} {% if %}",
        "😀 news 👩‍👩‍👧",
        "O'Brien; \"quoted\" \\back`tick` --",
        "@everyone #news <@1>",
        "  spaces   inside ",
    ];

    private static readonly string[] Filters =
    [
        "title:(xiaomi OR huawei) -rumor",
        "lang:en source:cnet",
        "regex:/\\bEV\\b/",
        "\"a phrase\" OR wörter",
        "NOT (a AND b)",
    ];

    private static readonly string[] Templates =
    [
        "{{ source }}: {{ summary | truncate: 200 }}",
        "{% if author != '' %}by {{ author }}{% endif %}\n{{ url }}",
        "plain \"text\" \\ 'with' ‘quotes’ 😀",
        "{{ published | date: '%Y-%m-%d' }}",
    ];

    private static readonly string[] Schedules =
    [
        "daily 8:30",
        "weekdays 8:30, 17:00 Europe/Berlin",
        "mon, thu 0:00 UTC",
    ];

    private static readonly string[] Values =
    [
        "null",
        "-1",
        "0",
        "1e300",
        "9223372036854775807",
        "\"\"",
        "\"\\u0000\"",
        "\"everyone\"",
        "[]",
        "{}",
        "[null]",
        "true",
        "\"{{ a | b }}\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_configuration_comes_into_an_empty_newsroom_as_it_went_out(int seed)
    {
        var file = Any(new Random(seed));
        await using var first = await RoomAsync();
        await using var second = await RoomAsync();

        var imported = await first.ImportAsync(file, isConfirmed: true);
        var exported = await ExportAsync(first);
        await second.ImportAsync(exported, isConfirmed: true);

        Assert.DoesNotContain("Left out", imported.Markdown, StringComparison.Ordinal);
        Assert.Equal(Sorted(file), Sorted(exported));
        Assert.Equal(exported, await ExportAsync(second));
        Assert.Contains(
            "All is as in the file",
            (await second.ImportAsync(exported, isConfirmed: true)).Markdown,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_broken_configuration_is_refused_with_a_sentence_and_changes_nothing(int seed)
    {
        var random = new Random(seed);
        await using var rig = await RoomAsync();
        await rig.ImportAsync(Any(random), isConfirmed: true);
        var good = await ExportAsync(rig);
        var database = Path.Combine(rig.Folder, "newsbot.db");
        var before = await DatabaseDump.ReadAsync(database, "pending_command");

        for (var i = 0; i < 150; i++)
        {
            var broken = Broken(good, random);
            var reply = await rig.ImportAsync(broken, isConfirmed: false);

            Assert.True(reply.Markdown.Length is > 10 and < 20_000, broken);
            Assert.True(
                reply.Ending is CommandEnding.Refused or CommandEnding.Asked or CommandEnding.WrongUsage,
                $"{reply.Ending}: {broken}"
            );
            if (reply.Ending is not CommandEnding.Asked)
            {
                continue;
            }

            // What can be read is taken in, and can be taken out and in again.
            var undone = await rig.ImportAsync(broken, isConfirmed: true);
            Assert.True(undone.Ending is CommandEnding.Done, $"{undone.Markdown} {broken}");
            var next = await ExportAsync(rig);
            var again = await rig.ImportAsync(next, isConfirmed: false);
            Assert.True(
                again.Markdown.StartsWith("All is as in the file", StringComparison.Ordinal),
                $"{again.Markdown} {broken}"
            );
            await rig.DoAsync("undo");
        }

        var after = await DatabaseDump.ReadAsync(database, "pending_command");
        DatabaseDump.AssertSame(Settled(before), Settled(after));
    }

    // Feeds are looked at sooner after a change, and stay known for a while after they are gone.
    private static IReadOnlyDictionary<string, string> Settled(IReadOnlyDictionary<string, string> dump) =>
        dump.Where(table => table.Key is "source" or "subscription" or "word" or "community")
            .ToDictionary(StringComparer.Ordinal);

    private static async Task<CommandRig> RoomAsync()
    {
        var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(
            """
            DELETE FROM subscription;
            DELETE FROM source;
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 1, 'discord', '81384788765712384', 'Guild');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, kind, publication, created_at)
            VALUES (10, 1, 2, '175928847299117063', 'tech', 'forum', 'off', @Now),
                   (11, 1, 2, '175928847299117064', 'sea', 'announcement', 'public', @Now);
            """
        );
        return rig;
    }

    private static async Task<string> ExportAsync(CommandRig rig) =>
        Encoding.UTF8.GetString((await rig.AskAsync("export json")).File!.Bytes.Span);

    private static string Any(Random random)
    {
        string? Maybe(string[] of) => random.Next(3) == 0 ? null : of[random.Next(of.Length)];
        string Name(int place) =>
            string.Join(' ', Names[random.Next(Names.Length)].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            + place.ToString(CultureInfo.InvariantCulture);

        (string Platform, string Id, string Name, string Kind)[] places =
        [
            ("web", "news", "news", "text"),
            ("web", "phones", "phones", "text"),
            ("discord", "175928847299117063", "tech", "forum"),
            ("discord", "175928847299117064", "sea", "announcement"),
        ];
        var channels = places.Select(place =>
        {
            var mirror = new[] { "post-only", "collect", "two-way" }[random.Next(3)];
            return new ConfiguredChannel(
                place.Platform,
                place.Id,
                place.Name,
                new[] { "instant", "digest", "digest+breaking" }[random.Next(3)],
                Schedules[random.Next(Schedules.Length)],
                "Europe/Berlin",
                random.Next(2) == 0 ? "22:00-7:00" : null,
                new[] { "silent", "say" }[random.Next(2)],
                random.Next(1, 500),
                random.Next(1, 5_000),
                new[] { "cards", "compact" }[random.Next(2)],
                random.Next(0, 20),
                mirror,
                place.Platform == "discord" && random.Next(2) == 0 ? "175928847299117099" : null,
                place.Kind == "forum" ? "World,Sea" : null,
                place.Kind == "announcement" ? random.Next(2) == 0 : null,
                mirror == "two-way" ? random.Next(2) == 0 : null,
                null,
                random.Next(1, 5),
                random.Next(2, 5),
                random.Next(1, 1_440),
                random.Next(2) == 0 ? "en de" : null
            );
        });
        var sources = Enumerable
            .Range(1, random.Next(1, 6))
            .Select(place => new ConfiguredSource(
                Name(place),
                $"https://outlet{place}.example/feed?a=1&b=%22{place}",
                random.Next(2) == 0 ? $"https://outlet{place}.example/" : null,
                Maybe(Names)?.Trim(),
                random.Next(1, 100) / 10d,
                random.Next(2) == 0 ? random.Next(1, 10_080) : null,
                random.Next(2) == 0,
                Maybe(Names)?.Trim(),
                random.Next(0, 600),
                [
                    .. places
                        .Where(_ => random.Next(2) == 0)
                        .Select(channel => new ConfiguredPlace(
                            $"{channel.Platform}:{channel.Id}",
                            Maybe(Filters),
                            channel.Platform == "discord" && random.Next(2) == 0 ? "175928847299117098" : null,
                            Maybe(Templates)
                        )),
                ]
            ));
        var file = new ConfigurationFile(
            ExportFormat.Version,
            [.. channels],
            [.. sources],
            ["casino", "link:spam.example", "wörter"],
            new ConfiguredModeration("discord:175928847299117063", "public", "hold-all"),
            random.Next(2) == 0
        );
        return JsonSerializer.Serialize(file, ExportFormat.Json);
    }

    // Their order is that of the database.
    private static string Sorted(string json)
    {
        var node = (JsonObject)JsonNode.Parse(json)!;
        foreach (var list in new[] { "channels", "sources", "words" })
        {
            var all = ((JsonArray)node[list]!).Select(Line).Order(StringComparer.Ordinal);
            node[list] = string.Join('\n', all);
        }

        return node.ToJsonString();
    }

    private static string Line(JsonNode? entry)
    {
        var copy = entry!.DeepClone();
        if (copy is JsonObject { } source && source["channels"] is JsonArray places)
        {
            source["channels"] = string.Join(
                ' ',
                places.Select(place => place!.ToJsonString()).Order(StringComparer.Ordinal)
            );
        }

        return copy.ToJsonString();
    }

    private static string Broken(string good, Random random)
    {
        if (random.Next(4) == 0)
        {
            var cut = random.Next(1, good.Length);
            return random.Next(2) == 0
                ? good[..cut]
                : good.Remove(cut, Math.Min(random.Next(1, 30), good.Length - cut));
        }

        var node = JsonNode.Parse(good)!;
        var all = Inner(node).ToList();
        var one = all[random.Next(all.Count)];
        var value =
            random.Next(8) == 0
                ? JsonValue.Create(new string('x', 5_000))
                : JsonNode.Parse(Values[random.Next(Values.Length)]);
        if (one.Parent is JsonArray list)
        {
            list[list.IndexOf(one)] = value;
        }
        else
        {
            one.Parent!.AsObject()[one.GetPropertyName()] = value;
        }

        return node.ToJsonString(ExportFormat.Json);
    }

    private static IEnumerable<JsonNode> Inner(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.Where(pair => pair.Value is not null)
                .SelectMany(pair => Inner(pair.Value).Prepend(pair.Value!)),
            JsonArray list => list.Where(one => one is not null).SelectMany(one => Inner(one).Prepend(one!)),
            _ => [],
        };
}
