namespace NewsBot.Fetching;

/// <summary>A picture re-encoded by us: WebP without metadata.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record EncodedPicture(ReadOnlyMemory<byte> Bytes, int Width, int Height);

/// <summary>One picture in the two sizes we show.</summary>
/// <param name="Page">At most <see cref="PictureEncoder.PageWidth"/> wide.</param>
/// <param name="Card">At most <see cref="PictureEncoder.CardWidth"/> wide.</param>
/// <param name="IsBlank">Whether it is of one colour.</param>
internal sealed record EncodedPictures(EncodedPicture Page, EncodedPicture Card, bool IsBlank = false);
