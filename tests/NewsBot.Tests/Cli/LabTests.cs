using System.Text.Json.Nodes;
using NewsBot.Cli;

namespace NewsBot.Tests.Cli;

/// <summary>What the laboratory prints of files and lines.</summary>
public sealed class LabTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-lab-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_feed_is_shown_as_a_poll_reads_it_and_no_file_ends_the_run()
    {
        var feed = await FileAsync(
            "quay.rss",
            """
            <rss version="2.0"><channel><title>The Quay</title><link>https://quay.example/</link>
            <item><guid>7</guid><title>Ferry &amp; fog</title><link>/ferry</link><pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate>
            <category>Port</category><description>&lt;p onclick="x()"&gt;Late.&lt;/p&gt;</description></item></channel></rss>
            """
        );
        var broken = await FileAsync("page.html", "<html><body>No feed</body></html>");
        var missing = Path.Combine(_folder, "missing.xml");

        var lines = await RunAsync($"{feed}\n{broken}\n\n{missing}\n", "lab", "feed");

        Assert.Equal([feed, broken, missing], lines.Select(line => (string?)line["file"]));
        Assert.Equal([true, false, false], lines.Select(line => (bool)line["ok"]!));
        Assert.All(lines.Skip(1), line => Assert.NotEmpty((string)line["error"]!));
        Assert.Equal("rss", (string?)lines[0]["format"]);
        Assert.Equal("The Quay", (string?)lines[0]["title"]);
        var entry = Assert.Single(lines[0]["entries"]!.AsArray())!;
        Assert.Equal("7", (string?)entry["id"]);
        Assert.Equal("Ferry & fog", (string?)entry["title"]);
        Assert.Equal("2026-03-02T07:00:00Z", (string?)entry["published"]);
        Assert.Equal("Port", (string?)Assert.Single(entry["categories"]!.AsArray()));
        Assert.DoesNotContain("onclick", (string)entry["summary"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relative_addresses_start_where_the_file_came_from()
    {
        var feed = await FileAsync(
            "a.rss",
            "<rss version='2.0'><channel><title>T</title><item><title>One</title><link>/one</link></item></channel></rss>"
        );

        var lines = await RunAsync("", "lab", "feed", feed, "--url", "https://quay.example/feeds/a.rss");

        Assert.Equal("https://quay.example/one", (string?)Assert.Single(lines)["entries"]![0]!["link"]);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused()
    {
        using var error = new StringWriter();
        Output.Capture(TextWriter.Null, error);

        var code = await CommandLineDoor.RunAsync(["lab", "feed", "--url", "nowhere"], _ => Task.FromResult(0));

        Assert.Equal(2, code);
        Assert.Contains("--url", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_gives_its_article()
    {
        var words = string.Join(
            ' ',
            Enumerable.Repeat("The ferry Marigold has made its first crossing to the island.", 12)
        );
        var page = await FileAsync(
            "ferry.html",
            $"<html lang='en'><head><title>Ferry crosses</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Ferry crosses</h1><p>{words}</p><p>{words}</p></article></body></html>"
        );

        var line = Assert.Single(await RunAsync("", "lab", "extract", page));

        Assert.Equal(page, (string?)line["file"]);
        Assert.Contains("first crossing", (string)line["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Home", (string)line["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_of_one_event_are_one_cluster_and_a_line_that_is_none_is_named()
    {
        var lines = await RunAsync(
            """
            {"id": 1, "title": "Electric ferry Marigold makes first crossing to Ellin Island", "publisher": "A", "ts": 1000}
            {"id": "two", "title": "Rope Street market will stay open until midnight", "publisher": "B", "ts": 2000}
            nonsense
            {"id": 3, "title": "Ferry Marigold reaches Ellin Island on first electric crossing", "publisher": "C", "ts": 3000}
            """,
            "lab",
            "cluster"
        );

        Assert.Equal(["1", "\"two\"", "3"], lines.Select(line => line["id"]!.ToJsonString()));
        Assert.Equal((long)lines[0]["cluster"]!, (long)lines[2]["cluster"]!);
        Assert.NotEqual((long)lines[0]["cluster"]!, (long)lines[1]["cluster"]!);
    }

    [Fact]
    public async Task A_copied_text_names_the_first_that_had_it()
    {
        var text = string.Join(' ', Enumerable.Range(1, 90).Select(number => $"word{number}"));
        var input = $$"""
            {"id": 1, "title": "Ferry crosses word1", "text": "{{text}}"}
            {"id": "two", "title": "Market word1 opens", "text": "{{string.Join(
                ' ',
                text.Split(' ').Reverse()
            )}}", "ts": "never"}
            nonsense

            {"title": "no id", "text": "{{text}}"}
            {"id": null, "text": "{{text}}"}
            {"id": "\u0033", "text": "(Wire) \u2013 {{text}} \n All rights reserved", "extra": {"text": [1, {"id": 9}] } }
            {"id": 4, "title": null, "text": 7}
            {"id": 5}
            {"id": 6, "text": "unfinished
            [1]
            {"id": 7, "title": "Ferry crosses word1", "text": "{{text[..(text.Length / 2)]}}", "ts": 99999999999999999}
            """;

        var copies = await RunAsync(input, "lab", "neardup");
        var clusters = await RunAsync(input, "lab", "cluster");

        Assert.Equal(
            ["1 1 null", "\"two\" 2 null", "\"3\" 1 1", "4 4 null", "5 5 null", "7 1 1"],
            copies.Select(line =>
                $"{line["id"]!.ToJsonString()} {line["cluster"]} {line["duplicateOf"]?.ToJsonString() ?? "null"}"
            )
        );
        Assert.Equal(
            copies.Select(line => line["duplicateOf"]?.ToJsonString()),
            clusters.Select(line => line["duplicateOf"]?.ToJsonString())
        );
        Assert.Equal((long)clusters[0]["cluster"]!, (long)clusters[2]["cluster"]!);
    }

    [Fact]
    public async Task A_line_of_megabytes_is_read_as_any()
    {
        var text = string.Join(' ', Enumerable.Range(1, 700_000).Select(number => $"word{number}"));
        var line = new JsonObject
        {
            ["id"] = "huge",
            ["title"] = "word1",
            ["text"] = text,
        };

        var lines = await RunAsync($"{line.ToJsonString()}\n{line.ToJsonString()}", "lab", "neardup");

        Assert.True(text.Length > 5_000_000);
        Assert.Equal([null, "huge"], lines.Select(one => (string?)one["duplicateOf"]));
    }

    [Fact]
    public async Task Every_sentence_of_a_summary_stands_in_the_text_where_it_says()
    {
        const string text =
            "The electric ferry Marigold has made its first crossing to Ellin Island. It took 38 minutes. "
            + "The port will pay for the charging mast for ten years. Several hundred people watched from the quay.";
        var document = new JsonObject
        {
            ["id"] = 5,
            ["title"] = "Ferry crosses",
            ["text"] = text,
        };

        var line = Assert.Single(await RunAsync(document.ToJsonString(), "lab", "summarise"));

        var sentences = line["sentences"]!.AsArray();
        Assert.NotEmpty(sentences);
        Assert.All(
            sentences,
            one => Assert.Equal((string?)one!["text"], text[(int)one["start"]!..(int)one["end"]!].Trim())
        );
        Assert.Equal(string.Join(' ', sentences.Select(one => (string?)one!["text"])), (string?)line["summary"]);
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text, Stop);
        return path;
    }

    private static async Task<IReadOnlyList<JsonObject>> RunAsync(string input, params string[] words)
    {
        using var output = new StringWriter();
        using var reader = new StringReader(input);
        Output.Capture(output, TextWriter.Null);
        Input.Capture(reader);
        var code = await CommandLineDoor.RunAsync(words, _ => Task.FromResult(1));
        Assert.Equal(0, code);
        return
        [
            .. output
                .ToString()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
    }
}
