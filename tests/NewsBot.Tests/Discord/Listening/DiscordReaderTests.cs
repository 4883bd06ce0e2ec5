using System.Text.Json;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>Which messages can be comments, and what they say.</summary>
public sealed class DiscordReaderTests
{
    private static readonly Snowflake Guild = new(1);
    private readonly DiscordReader _reader = new(new DiscordGuilds());

    [Fact]
    public void Only_what_a_person_wrote_can_be_a_comment()
    {
        var message = Message("hello");

        Assert.True(DiscordReader.IsFromPerson(message));
        Assert.True(DiscordReader.IsFromPerson(message with { Type = MessageType.Reply }));
        Assert.False(DiscordReader.IsFromPerson(message with { Author = null }));
        Assert.False(DiscordReader.IsFromPerson(message with { Author = new User(new Snowflake(2), "b", Bot: true) }));
        Assert.False(
            DiscordReader.IsFromPerson(message with { Author = new User(new Snowflake(2), "s", System: true) })
        );
        Assert.False(DiscordReader.IsFromPerson(message with { WebhookId = new Snowflake(9) }));
        Assert.False(DiscordReader.IsFromPerson(message with { Type = MessageType.ThreadStarterMessage }));
        Assert.False(DiscordReader.IsFromPerson(message with { Type = (MessageType)99 }));
        Assert.False(DiscordReader.IsFromPerson(message with { Flags = MessageFlags.Ephemeral }));
    }

    [Fact]
    public void Text_is_cleaned_and_bounded()
    {
        var message = Message("a\u202Eb\u0000c " + new string('&', 3_990) + "&amp;");

        var markdown = Read(message);

        Assert.StartsWith("abc ", markdown, StringComparison.Ordinal);
        Assert.InRange(markdown.Length, 1, CommentText.MaxChars);
    }

    [Fact]
    public void Eight_thousand_characters_that_all_grow_are_cut_to_what_a_comment_may_have()
    {
        var markdown = Read(Message(string.Concat(Enumerable.Repeat("<@1>", 2_000))));

        Assert.Equal(CommentText.MaxChars, markdown.Length);
        Assert.EndsWith("…", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forwarded_message_is_a_quote()
    {
        var message = Message("") with
        {
            MessageReference = new MessageReference(new Snowflake(5), Type: 1),
            MessageSnapshots = [new MessageSnapshot(new MessageSnapshotContent("one\ntwo"))],
        };

        Assert.Equal("*(forwarded)*\n\n> one\n> two", Read(message));
        Assert.Null(DiscordReader.Answered(message));
    }

    [Fact]
    public void Stickers_and_polls_are_named()
    {
        var poll = JsonDocument.Parse("""{"question":{"text":"Tea or *coffee*?"}}""").RootElement;
        var message = Message("Look") with { StickerItems = [new Sticker(new Snowflake(3), "Wave_")], Poll = poll };

        Assert.Equal("Look\n\n*(sticker: Wave\\_)*\n\n*(poll: Tea or \\*coffee\\*?)*", Read(message));
    }

    [Fact]
    public void The_people_a_message_names_are_called_as_they_are_in_the_guild()
    {
        var message = Message("hi <@4> and <@5>") with
        {
            Mentions =
            [
                new MentionedUser(
                    new Snowflake(4),
                    "kofi",
                    "Kofi",
                    Member: new GuildMember(Nick: "Kofi of the night desk")
                ),
                new MentionedUser(new Snowflake(5), "ines", "Inês"),
            ],
        };

        Assert.Equal("hi @Kofi of the night desk and @Inês", Read(message));
    }

    [Fact]
    public void A_message_that_came_without_its_text_is_told_from_one_with_a_file()
    {
        var file = new Attachment(new Snowflake(8), "a.png", 10, "https://cdn.discordapp.com/a.png", "image/png");

        Assert.True(DiscordReader.IsBlank(Message("")));
        Assert.False(DiscordReader.IsBlank(Message("") with { Attachments = [file] }));
        Assert.False(DiscordReader.IsBlank(Message("x")));
    }

    private string Read(Message message) => _reader.Markdown(message, DiscordReader.Typed(message), Guild);

    private static Message Message(string content) =>
        new(new Snowflake(1), new Snowflake(2), Guild, new User(new Snowflake(3), "saga_w"), Content: content);
}
