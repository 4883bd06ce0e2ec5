using System.Text;
using System.Text.Json;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Core.Text;

namespace NewsBot.Fuzzing;

/// <summary>What people write, on its way between the chats and the pages.</summary>
internal static class Texts
{
    private const int Room = 300;

    private const string Origin = "https://news.example.org";

    public static void Markdown(ReadOnlyMemory<byte> bytes) => Markdown(Encoding.UTF8.GetString(bytes.Span));

    public static void Discord(ReadOnlyMemory<byte> bytes) =>
        Markdown(DiscordMarkdown.Convert(Encoding.UTF8.GetString(bytes.Span), DiscordMentions.None));

    public static void Slack(ReadOnlyMemory<byte> bytes) =>
        Markdown(SlackMarkup.Convert(Encoding.UTF8.GetString(bytes.Span), SlackNames.None));

    private static void Markdown(string text)
    {
        HarmlessHtml.Check(MarkdownHtml.Render(text));
        MarkdownPlain.Render(text);
        var (discord, _) = DiscordMarkdownWriter.Write(text, Origin, Room);
        FindingException.ThrowUnless(discord.Length <= Room, $"A copy for Discord has {discord.Length} characters.");
        DiscordMarkdown.Convert(discord, DiscordMentions.None);
        var slack = JsonSerializer.Serialize(SlackMarkdown.Elements(text, Origin, Room), SlackJson.Options);
        FindingException.ThrowUnless(
            !slack.Contains("\"type\":\"broadcast\"", StringComparison.Ordinal)
                && !slack.Contains("\"type\":\"user", StringComparison.Ordinal),
            "A copy for Slack calls somebody."
        );
    }
}
