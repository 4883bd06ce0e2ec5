using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Messages.</content>
public sealed partial class DiscordRest
{
    private const string MessagesTemplate = "/channels/{channel}/messages";
    private const string MessageTemplate = "/channels/{channel}/messages/{message}";
    private const int UnknownMessage = 10008;

    // Deleting is limited apart for messages older than two weeks, and editing for those older than an hour.
    private static readonly TimeSpan OldForDeleting = TimeSpan.FromDays(14);
    private static readonly TimeSpan OldForEditing = TimeSpan.FromHours(1);

    /// <summary>
    /// Posts a message. Tried again after a failure only with <see cref="NewMessage.Nonce"/> and <see cref="NewMessage.EnforceNonce"/>.
    /// Source: https://discord.com/developers/docs/resources/message#create-message
    /// </summary>
    public Task<Message> CreateMessageAsync(
        Snowflake channel,
        NewMessage message,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var payload = Harmless(message) with { Attachments = RestBody.Drafts(message.Attachments, files) };
        var call = new RestCall(HttpMethod.Post, MessagesTemplate, $"/channels/{channel}/messages", channel.ToString())
        {
            Body = RestBody.Of(payload, files),
            IsRepeatable = message is { EnforceNonce: true, Nonce.Length: > 0 },
        };
        return CallAsync<Message>(call, cancellationToken);
    }

    /// <summary>
    /// Changes an own message. What is null stays; files are kept only where <see cref="NewMessage.Attachments"/> is null or
    /// names them. Tried again after a failure, except where it adds files without saying which to keep: they would be added
    /// twice. Source: https://discord.com/developers/docs/resources/message#edit-message
    /// </summary>
    public Task<Message> EditMessageAsync(
        Snowflake channel,
        Snowflake message,
        NewMessage change,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var payload = Harmless(change) with { Nonce = null, EnforceNonce = null, MessageReference = null };
        var call = OneMessage(HttpMethod.Patch, channel, message, OldForEditing) with
        {
            Body = RestBody.Of(payload, files),
            IsRepeatable = files.Count == 0 || change.Attachments is not null,
        };
        return CallAsync<Message>(call, cancellationToken);
    }

    /// <summary>Deletes a message. Source: https://discord.com/developers/docs/resources/message#delete-message</summary>
    public Task DeleteMessageAsync(Snowflake channel, Snowflake message, CancellationToken cancellationToken)
    {
        var call = OneMessage(HttpMethod.Delete, channel, message, OldForDeleting) with
        {
            IsRepeatable = true,
            DoneCode = UnknownMessage,
        };
        return CallAsync(call, cancellationToken);
    }

    /// <summary>One message. Source: https://discord.com/developers/docs/resources/message#get-channel-message</summary>
    public Task<Message> GetMessageAsync(Snowflake channel, Snowflake message, CancellationToken cancellationToken) =>
        CallAsync<Message>(Get(MessageTemplate, $"/channels/{channel}/messages/{message}", channel), cancellationToken);

    /// <summary>
    /// A page of a channel's history, newest first. Empty also where the bot may not read the history.
    /// Source: https://discord.com/developers/docs/resources/message#get-channel-messages
    /// </summary>
    /// <param name="channel">A channel or thread.</param>
    /// <param name="range">Where in the history.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<IReadOnlyList<Message>> GetMessagesAsync(
        Snowflake channel,
        HistoryRange range,
        int limit,
        CancellationToken cancellationToken
    )
    {
        // Discord takes one of the three.
        var beside =
            range.After is { } after ? $"&after={after}"
            : range.Before is { } before ? $"&before={before}"
            : range.Around is { } around ? $"&around={around}"
            : "";
        var path = $"/channels/{channel}/messages?limit={Math.Clamp(limit, 1, 100)}{beside}";
        return CallAsync<IReadOnlyList<Message>>(Get(MessagesTemplate, path, channel), cancellationToken);
    }

    /// <summary>
    /// Publishes a message of an announcement channel to those who follow it.
    /// Source: https://discord.com/developers/docs/resources/message#crosspost-message
    /// </summary>
    public Task CrosspostAsync(Snowflake channel, Snowflake message, CancellationToken cancellationToken) =>
        CallAsync(
            new RestCall(
                HttpMethod.Post,
                "/channels/{channel}/messages/{message}/crosspost",
                $"/channels/{channel}/messages/{message}/crosspost",
                channel.ToString()
            ),
            cancellationToken
        );

    /// <summary>What is left for editing messages in a channel or thread; null where nothing is known yet.</summary>
    public RateBudget? EditBudget(Snowflake channel) =>
        _sender.Budget(HttpMethod.Patch, MessageTemplate, channel.ToString());

    private RestCall OneMessage(HttpMethod method, Snowflake channel, Snowflake message, TimeSpan oldAfter)
    {
        var isOld = _time.GetUtcNow() - message.CreatedAt > oldAfter;
        return new RestCall(method, MessageTemplate, $"/channels/{channel}/messages/{message}", channel.ToString())
        {
            Variant = isOld ? " old" : "",
        };
    }

    /// <summary>Discord pings by default whomever a text names, so who may be pinged is always said.</summary>
    private static NewMessage Harmless(NewMessage message) =>
        message.AllowedMentions is null ? message with { AllowedMentions = AllowedMentions.Nobody } : message;

    /// <summary>A message for where Discord knows neither nonces nor answers.</summary>
    private static NewMessage Plain(NewMessage message, IReadOnlyList<UploadFile> files) =>
        Harmless(message) with
        {
            Nonce = null,
            EnforceNonce = null,
            MessageReference = null,
            Attachments = RestBody.Drafts(message.Attachments, files),
        };
}
