using SkiaSharp;

namespace NewsBot.Fetching;

/// <summary>
/// Turns foreign pictures into our own. Only PNG, JPEG, WebP and GIF (its first frame) are read, told by their content;
/// anything else, SVG above all, may hold active content and is refused. Pure.
/// </summary>
internal static class PictureEncoder
{
    /// <summary>Largest file that is looked at.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Most pixels that are decoded, by the dimensions in the header: 160 MB of memory.</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>Width for pages, in pixels.</summary>
    public const int PageWidth = 1_280;

    /// <summary>Width for cards, in pixels.</summary>
    public const int CardWidth = 640;

    // Nothing we show is taller; WebP itself ends at 16,383.
    private const int MaxHeight = 4_096;
    private const int Quality = 80;

    // A JPEG of one colour has a little noise.
    private const int BlankGrid = 24;
    private const int BlankNoise = 6;

    /// <summary>Encodes one size.</summary>
    /// <param name="bytes">The file as fetched.</param>
    /// <param name="maxWidth">Larger pictures are scaled down to it, smaller ones keep their size.</param>
    /// <returns>Null where it is no picture, a broken one, or one beyond the bounds.</returns>
    public static EncodedPicture? Encode(ReadOnlyMemory<byte> bytes, int maxWidth)
    {
        using var upright = Decode(bytes, maxWidth);
        return upright is null ? null : Write(upright, maxWidth);
    }

    /// <summary>Encodes both sizes from one decoding.</summary>
    /// <param name="bytes">The file as fetched.</param>
    /// <returns>Null as in <see cref="Encode"/>.</returns>
    public static EncodedPictures? EncodeBoth(ReadOnlyMemory<byte> bytes)
    {
        using var upright = Decode(bytes, PageWidth);
        return upright is not null && Write(upright, PageWidth) is { } page && Write(upright, CardWidth) is { } card
            ? new EncodedPictures(page, card, IsBlank(upright))
            : null;
    }

    /// <summary>Encodes the size for cards as a JPEG, for who shows no WebP; what was transparent is white.</summary>
    /// <param name="bytes">A picture of ours.</param>
    /// <returns>Null as in <see cref="Encode"/>.</returns>
    public static byte[]? EncodeJpeg(ReadOnlyMemory<byte> bytes)
    {
        using var upright = Decode(bytes, CardWidth);
        if (upright is null)
        {
            return null;
        }

        using var opaque = new SKBitmap(upright.Info.WithAlphaType(SKAlphaType.Opaque));
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(upright, 0, 0, SKSamplingOptions.Default);
        using var encoded = opaque.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded?.ToArray();
    }

    private static SKBitmap? Decode(ReadOnlyMemory<byte> bytes, int maxWidth)
    {
        if (bytes.Length > MaxBytes || !IsKnown(bytes.Span))
        {
            return null;
        }

        using var data = SKData.CreateCopy(bytes.Span);
        // Null for a broken header, although the library does not say so.
        using var codec = SKCodec.Create(data);
        if (
            codec is not { Info: { Width: > 0, Height: > 0 } }
            || (long)codec.Info.Width * codec.Info.Height > MaxPixels
        )
        {
            return null;
        }

        // JPEG can be read at a fraction of its size, which saves most of the memory of a big photograph.
        var longer = Math.Max(codec.Info.Width, codec.Info.Height);
        var wanted = codec.GetScaledDimensions(Math.Min(1f, 2f * maxWidth / longer));
        var info = new SKImageInfo(wanted.Width, wanted.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var decoded = new SKBitmap();
        if (!decoded.TryAllocPixels(info))
        {
            return null;
        }

        decoded.Erase(SKColors.Transparent);
        var result = codec.GetPixels(info, decoded.GetPixels());
        return result is SKCodecResult.Success or SKCodecResult.IncompleteInput
            ? Upright(decoded, codec.EncodedOrigin)
            : null;
    }

    // Looked at in a grid: what shows something differs somewhere.
    private static bool IsBlank(SKBitmap picture)
    {
        var first = picture.GetPixel(0, 0);
        for (var row = 0; row < BlankGrid; row++)
        {
            for (var column = 0; column < BlankGrid; column++)
            {
                var pixel = picture.GetPixel(
                    column * (picture.Width - 1) / (BlankGrid - 1),
                    row * (picture.Height - 1) / (BlankGrid - 1)
                );
                if (
                    Math.Abs(pixel.Red - first.Red) > BlankNoise
                    || Math.Abs(pixel.Green - first.Green) > BlankNoise
                    || Math.Abs(pixel.Blue - first.Blue) > BlankNoise
                    || Math.Abs(pixel.Alpha - first.Alpha) > BlankNoise
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static EncodedPicture? Write(SKBitmap picture, int maxWidth)
    {
        var scale = Math.Min(1d, Math.Min((double)maxWidth / picture.Width, (double)MaxHeight / picture.Height));
        var width = Math.Max(1, (int)Math.Round(picture.Width * scale));
        var height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        using var scaled = picture.Resize(
            new SKImageInfo(width, height, picture.ColorType, picture.AlphaType),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        using var encoded = scaled?.Encode(SKEncodedImageFormat.Webp, Quality);
        return encoded is null ? null : new EncodedPicture(encoded.ToArray(), width, height);
    }

    /// <summary>Draws the picture the way the camera was held (EXIF orientation).</summary>
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        var (w, h) = ((float)picture.Width, (float)picture.Height);
        SKMatrix? turn = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => null,
        };
        if (turn is not { } matrix)
        {
            return picture.Copy();
        }

        var sideways = origin >= SKEncodedOrigin.LeftTop;
        var upright = new SKBitmap(
            picture.Info.WithSize(sideways ? picture.Height : picture.Width, sideways ? picture.Width : picture.Height)
        );
        using var canvas = new SKCanvas(upright);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(matrix);
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return upright;
    }

    private static bool IsKnown(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngStart)
        || bytes.StartsWith(JpegStart)
        || bytes.StartsWith("GIF87a"u8)
        || bytes.StartsWith("GIF89a"u8)
        || (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8));

    private static ReadOnlySpan<byte> PngStart => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> JpegStart => [0xff, 0xd8, 0xff];
}
