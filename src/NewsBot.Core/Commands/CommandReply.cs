using NewsBot.Core.Channels;

namespace NewsBot.Core.Commands;

/// <summary>What a command answers; only the asker sees it.</summary>
/// <param name="Markdown">Our own text; anything foreign in it is escaped.</param>
/// <param name="Ending">How it ended.</param>
public sealed record CommandReply(string Markdown, CommandEnding Ending)
{
    /// <summary>Lines worth running next, without "/news": buttons where there are buttons.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>With <see cref="CommandEnding.Asked"/>: the code that makes the change, for ten minutes, for the asker only.</summary>
    public string? ConfirmCode { get; init; }

    /// <summary>A file that belongs to the answer; null for none.</summary>
    public CommandFile? File { get; init; }

    /// <summary>What cannot be added without a login: a form where there are forms. Null for nothing.</summary>
    public LoginPlace? LoginFor { get; init; }

    /// <summary>Posts the answer shows as they would be posted; null for none.</summary>
    public CommandPreview? Preview { get; init; }

    /// <summary>The text beside the posts, on a platform that shows them; all of it elsewhere.</summary>
    public string TextOn(Platform platform) =>
        Preview is { Words.Length: > 0 } preview && preview.Platform == platform
            ? Markdown.Replace(preview.Words, "", StringComparison.Ordinal).Trim()
            : Markdown;

    /// <summary>It was done.</summary>
    public static CommandReply Done(string markdown) => new(markdown, CommandEnding.Done);

    /// <summary>It cannot be done, and the text says why.</summary>
    public static CommandReply Refused(string markdown) => new(markdown, CommandEnding.Refused);

    /// <summary>The line itself was wrong.</summary>
    public static CommandReply Wrong(string markdown) => new(markdown, CommandEnding.WrongUsage);
}

/// <summary>How a command ended.</summary>
public enum CommandEnding
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Nothing is changed yet: the difference is shown and waits to be confirmed.</summary>
    Asked,

    /// <summary>Nothing was changed.</summary>
    Refused,

    /// <summary>The line could not be understood.</summary>
    WrongUsage,
}

/// <summary>A file that a command hands out.</summary>
/// <param name="Name">Its suggested name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record CommandFile(string Name, string ContentType, ReadOnlyMemory<byte> Bytes);
