using NewsBot.Core.Posts;

namespace NewsBot.Web.Views;

/// <summary>A command's answer that only its asker sees.</summary>
/// <param name="Html">Safe HTML.</param>
/// <param name="Now">When it was given.</param>
/// <param name="Suggestions">Lines worth running next, without <c>/news</c>: shown as buttons.</param>
/// <param name="Chat">The channel's page, which is also where the answer leads back to.</param>
/// <param name="TokenField">Name of the field that carries <paramref name="Token"/>.</param>
/// <param name="Token">Proves to the server that a form is ours.</param>
internal sealed record AnswerView(
    string Html,
    DateTimeOffset Now,
    IReadOnlyList<string> Suggestions,
    string Chat,
    string TokenField,
    string Token
)
{
    /// <summary>Posts it shows as they would be posted.</summary>
    public IReadOnlyList<BotMessageView> Posts { get; init; } = [];

    /// <summary>The answer that stands in a channel's page.</summary>
    public static AnswerView Of(ChatView chat, string html) =>
        new(html, chat.Now, chat.Intent.Suggestions, chat.Path, chat.TokenField, chat.Token)
        {
            Posts = [.. chat.Shown.Select(message => new BotMessageView(chat, message, message.Body!))],
        };

    /// <returns>What the button says.</returns>
    public static string Label(string suggestion) =>
        suggestion.StartsWith("confirm ", StringComparison.Ordinal) ? "Confirm" : $"/news {suggestion}";
}

/// <summary>A message of the bot within its channel.</summary>
internal sealed record BotMessageView(ChatView Chat, ChatMessage Message, PostBody Body)
{
    /// <summary>The story as it stands now, or as it stood when the message was made.</summary>
    public StoryLink Link(long story, string headline, int comments) =>
        Message.Comments.TryGetValue(story, out var link) ? link : new StoryLink(story, "", headline, comments);

    public string Discuss(long story) => Paths.ChatThread(Chat.Channel.Name, story);
}
