using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Discord;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Web;
using AtDiscord = NewsBot.Clients.Discord.Objects;
using AtSlack = NewsBot.Clients.Slack.Objects;
using ReplyTarget = NewsBot.Chat.ReplyTarget;

namespace NewsBot.Tests.Mirroring;

/// <content>What happens, as the platforms' rooms would bring it.</content>
internal sealed partial class Discussion
{
    private const string CopyMessages = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject LIKE 'comment:%' AND operation = 'create' AND state = 'sent'
        """;

    private static readonly AtDiscord.User Webhook = new(new Snowflake(77), "Inês", Bot: true);

    private async Task PlayAsync(Happening happening)
    {
        switch (happening)
        {
            case Happening.Said said:
                await SayAsync(said);
                break;
            case Happening.Edited edited:
                await ApplyAsync(
                    new ReplyEvent.Edited(
                        ChannelOf(edited.Message),
                        Id(edited.Message),
                        10_000 + edited.Version,
                        Text(edited.Message, edited.Version)
                    )
                );
                break;
            case Happening.Deleted deleted:
                await ApplyAsync(new ReplyEvent.Deleted(ChannelOf(deleted.Message), Id(deleted.Message), 1));
                break;
            case Happening.Judged judged:
                await JudgeAsync(judged);
                break;
            case Happening.Reacted reacted:
                await ReactAsync(reacted);
                break;
            case Happening.Echoed:
                await EchoAsync();
                break;
            default:
                await SendAsync();
                break;
        }
    }

    // Which channel a message is of is known before it comes: an edit may overtake it.
    private readonly Dictionary<int, int> _placeOf = [];

    /// <summary>Says where messages are written.</summary>
    public void Know(IEnumerable<Happening> all)
    {
        foreach (var said in all.OfType<Happening.Said>())
        {
            _placeOf[said.Message] = said.Place;
        }
    }

    private ChannelId ChannelOf(int message) => _channels[_placeOf[message]];

    private async Task SayAsync(Happening.Said said)
    {
        var channel = _channels[said.Place];
        var parent = said.Answers is { } answered ? await ParentAsync(channel, answered) : 0;
        await ApplyAsync(
            new ReplyEvent.Created(
                channel,
                Id(said.Message),
                1_000 + said.Message,
                Story,
                parent,
                _members[said.Author].Id,
                Text(said.Message, 0)
            )
        );
    }

    /// <summary>A reply to a copy answers the original; where there is no copy, people name its number.</summary>
    private async Task<int> ParentAsync(ChannelId channel, int answered)
    {
        var original = (await CommentsAsync()).Single(comment => comment.Message == Id(answered));
        var message =
            original.Channel == channel.Value ? original.Message : await CopyAsync(channel, (long)original.Id);
        var target = await _desk.Database.ReadAsync(
            connection =>
                message is null
                    ? ReplyTarget.OfStoryAsync(
                        connection,
                        Story,
                        string.Create(CultureInfo.InvariantCulture, $"#{original.Number} well"),
                        null
                    )
                    : AnswerAsync(connection, channel, message),
            Token
        );
        return Assert.IsType<ReplyTarget.Comment>(target).Parent;
    }

    private async Task<ReplyTarget> AnswerAsync(
        System.Data.Common.DbConnection connection,
        ChannelId channel,
        string message
    ) =>
        await ReplyTarget.OfPostAsync(connection, channel, message, "well")
        // What people wrote themselves is found by the platforms' own rooms.
        ?? new ReplyTarget.Comment(
            Story,
            (int)(await CommentsAsync()).Single(comment => comment.Message == message).Number,
            "well",
            null
        );

    private async Task<string?> CopyAsync(ChannelId channel, long comment)
    {
        await SendAsync();
        return _desk.Word(FindCopy, new { Channel = channel.Value, Subject = PostSubject.Comment(comment).Value });
    }

    private async Task JudgeAsync(Happening.Judged judged)
    {
        var comment = (await CommentsAsync()).Single(one => one.Message == Id(judged.Message));
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"/news {(judged.Hides ? "hide" : "show")} {Story.Value}#{comment.Number}"
        );
        // Refused where it is so already, or was deleted.
        var (ending, words) = await _commands.RunAsync(line, _moderator);
        Assert.True(ending is CommandEnding.Done or CommandEnding.Refused, words);
    }

    // As the listeners do: they take what a person wrote and nothing else.
    private async Task EchoAsync()
    {
        for (var place = 0; place < _channels.Count; place++)
        {
            foreach (var message in _desk.Words(CopyMessages, new { Channel = _channels[place].Value }))
            {
                var isFromPerson = Places[place].Platform switch
                {
                    Platform.Discord => DiscordReader.IsFromPerson(
                        new AtDiscord.Message(default, default, Author: Webhook, WebhookId: Webhook.Id)
                    ),
                    Platform.Slack => SlackReader.IsFromPerson(
                        new AtSlack.Message(User: "U0BOT", BotId: "B0BOT", Subtype: "bot_message")
                    ),
                    _ => false,
                };
                if (isFromPerson)
                {
                    await ApplyAsync(
                        new ReplyEvent.Created(_channels[place], message, 1, Story, 0, _members[0].Id, "A copy")
                    );
                }
            }
        }
    }

    private Task ReactAsync(Happening.Reacted reacted) =>
        new ChatReactions(_desk.Database, new LiveUpdates(), _desk.Time).TakeAsync(
            new ReactionChange(
                Places[_placeOf[reacted.Message]].Platform.ToString().ToLowerInvariant(),
                _desk.Word(
                    "SELECT external_id FROM channel WHERE id = @Id",
                    new { Id = ChannelOf(reacted.Message).Value }
                ),
                Id(reacted.Message),
                reacted.Adds ? ReactionKind.Add : ReactionKind.Remove,
                "👍",
                reacted.Who.ToString(CultureInfo.InvariantCulture)
            ),
            Token
        );

    private Task ApplyAsync(ReplyEvent reply) =>
        _desk.OutboxAsync(connection => CommentLedger.ApplyAsync(connection, reply, _desk.Now));

    private async Task SendAsync()
    {
        _desk.Run("UPDATE post SET not_before = 0 WHERE state = 'waiting'");
        await new SendPosts(
            _desk.Posts,
            _platforms.Values,
            UnheardMeter.Flows,
            _desk.Time,
            NullLogger<SendPosts>.Instance
        ).RunAsync(Token);
    }
}
