namespace NewsBot.Web.Views;

/// <summary>The form in which a message or a comment is written.</summary>
internal sealed record SayFormView(ChatView Chat, bool IsThread)
{
    /// <summary>Names this one sending: the same form sent twice is one message.</summary>
    public string Key { get; } = Guid.CreateVersion7(Chat.Now).ToString("N");

    public ReplyTarget? Reply => Chat.Intent.Reply is { } reply && reply.IsInThread == IsThread ? reply : null;

    /// <summary>What the message answers when nothing else was chosen: the story's card, or nothing.</summary>
    public long? DefaultReplyTo => IsThread ? Chat.Thread?.Card : null;

    public long? ReplyTo => Reply?.Message ?? DefaultReplyTo;

    public string? Problem => IsHere ? Chat.Intent.Problem : null;

    public string Text => IsHere ? Chat.Intent.Text : "";

    public string Label => IsThread ? "Comment on this story" : $"Message to {Chat.Channel.Name}";

    public string Placeholder => IsThread ? "Add a comment" : $"Message #{Chat.Channel.Name}, or /news help";

    public string Cancel =>
        IsThread && Chat.Thread is { } thread ? Paths.ChatThread(Chat.Channel.Name, thread.Story.Id) : Chat.Path;

    private bool IsHere => Chat.Intent.IsInThread == IsThread && Chat.Intent.Edit is null;
}
