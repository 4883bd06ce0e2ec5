using NewsBot.Core.Posts;

namespace NewsBot.Web.Views;

/// <summary>A command's answer that only its asker sees.</summary>
/// <param name="Html">Safe HTML.</param>
/// <param name="Now">When it was given.</param>
/// <param name="Back">The chat without it.</param>
internal sealed record AnswerView(string Html, DateTimeOffset Now, string Back);

/// <summary>A message of the bot within its channel.</summary>
internal sealed record BotMessageView(ChatView Chat, ChatMessage Message, PostBody Body)
{
    /// <summary>The story as it stands now, or as it stood when the message was made.</summary>
    public StoryLink Link(long story, string headline, int comments) =>
        Message.Comments.TryGetValue(story, out var link) ? link : new StoryLink(story, "", headline, comments);

    public string Discuss(long story) => Paths.ChatThread(Chat.Channel.Name, story);
}
