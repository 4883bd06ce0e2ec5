namespace NewsBot.Chat;

/// <summary>Where the files of one platform's messages are fetched.</summary>
internal interface IAttachmentSource
{
    /// <summary>Such as "discord".</summary>
    string Platform { get; }

    /// <param name="workspace">The platform's id of the workspace the message is of.</param>
    /// <param name="url">As the platform named it.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    Task<AttachmentDownload> DownloadAsync(
        string workspace,
        Uri url,
        int maxBytes,
        CancellationToken cancellationToken
    );
}

/// <summary>How a download ended.</summary>
internal abstract record AttachmentDownload
{
    private AttachmentDownload() { }

    internal sealed record Done(ReadOnlyMemory<byte> Bytes) : AttachmentDownload;

    /// <summary>It may come if it is tried again.</summary>
    internal sealed record Later : AttachmentDownload;

    internal sealed record Never : AttachmentDownload;
}
