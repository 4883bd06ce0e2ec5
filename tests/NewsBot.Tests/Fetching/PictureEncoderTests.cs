using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NewsBot.Fetching;
using NewsBot.Testing.Servers;
using SkiaSharp;

namespace NewsBot.Tests.Fetching;

public sealed class PictureEncoderTests
{
    // One red and one blue pixel, animated twice: the smallest GIF with a second frame.
    private static readonly byte[] Gif = Convert.FromHexString(
        "474946383961020001008000"
            + "00FF00000000FF"
            + "2C00000000020001000002028C0A00"
            + "2C00000000020001000002028C0A00"
            + "3B"
    );

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_raster_picture_becomes_a_webp_no_wider_than_asked(SKEncodedImageFormat format)
    {
        var picture = PictureEncoder.Encode(Draw(2_000, 1_000, format), PictureEncoder.PageWidth)!;

        Assert.Equal((1_280, 640), (picture.Width, picture.Height));
        Assert.Equal("RIFF"u8, picture.Bytes.Span[..4]);
        Assert.Equal("WEBP"u8, picture.Bytes.Span[8..12]);
        using var read = SKBitmap.Decode(picture.Bytes.Span);
        Assert.Equal((1_280, 640), (read.Width, read.Height));
        Assert.InRange(read.GetPixel(100, 100).Red, 200, 255);
        Assert.InRange(read.GetPixel(1_200, 100).Blue, 200, 255);
    }

    [Fact]
    public void Who_shows_no_webp_gets_a_jpeg_of_the_size_for_cards()
    {
        var picture = PictureEncoder.EncodeJpeg(Draw(2_000, 1_000, SKEncodedImageFormat.Webp))!;

        Assert.Equal([0xff, 0xd8, 0xff], picture[..3]);
        using var read = SKBitmap.Decode(picture);
        Assert.InRange(read.GetPixel(10, 10).Red, 200, 255);
        Assert.Null(PictureEncoder.EncodeJpeg("<svg/>"u8.ToArray()));
    }

    [Fact]
    public void A_small_picture_keeps_its_size()
    {
        var pictures = PictureEncoder.EncodeBoth(FakeNewsroom.Png(0))!;

        Assert.Equal((800, 450), (pictures.Page.Width, pictures.Page.Height));
        Assert.Equal((640, 360), (pictures.Card.Width, pictures.Card.Height));
    }

    [Fact]
    public void A_gif_gives_its_first_frame()
    {
        var picture = PictureEncoder.Encode(Gif, PictureEncoder.PageWidth)!;

        Assert.Equal((2, 1), (picture.Width, picture.Height));
    }

    [Fact]
    public void A_photograph_stands_upright_and_loses_its_metadata()
    {
        // Orientation 6: turned a quarter to the left by the camera, so the left half (red) belongs on top.
        var photograph = WithOrientation(Draw(400, 200, SKEncodedImageFormat.Jpeg), 6);

        var picture = PictureEncoder.Encode(photograph, PictureEncoder.PageWidth)!;

        Assert.Equal((200, 400), (picture.Width, picture.Height));
        using var read = SKBitmap.Decode(picture.Bytes.Span);
        Assert.InRange(read.GetPixel(100, 50).Red, 200, 255);
        Assert.InRange(read.GetPixel(100, 350).Blue, 200, 255);
        Assert.Equal(-1, picture.Bytes.Span.IndexOf("Exif"u8));
        Assert.Equal(-1, picture.Bytes.Span.IndexOf("EXIF"u8));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void Every_orientation_brings_the_corner_to_its_place(int orientation, int right, int bottom)
    {
        using var bitmap = new SKBitmap(400, 200);
        bitmap.Erase(SKColors.White);
        using (var canvas = new SKCanvas(bitmap))
        using (var black = new SKPaint { Color = SKColors.Black })
        {
            canvas.DrawRect(0, 0, 80, 80, black);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);

        var picture = PictureEncoder.Encode(WithOrientation(data.ToArray(), orientation), PictureEncoder.PageWidth)!;

        using var read = SKBitmap.Decode(picture.Bytes.Span);
        var x = right == 0 ? 30 : read.Width - 30;
        var y = bottom == 0 ? 30 : read.Height - 30;
        Assert.InRange(read.GetPixel(x, y).Red, 0, 60);
        Assert.Equal(orientation < 5 ? 400 : 200, read.Width);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<html>not a picture</html>")]
    [InlineData("")]
    [InlineData("BM and then something")]
    [InlineData("GIF89a and then nothing")]
    public void What_is_no_raster_picture_is_refused(string content) =>
        Assert.Null(PictureEncoder.Encode(Encoding.UTF8.GetBytes(content), 640));

    [Fact]
    public void A_picture_with_giant_dimensions_is_refused_by_its_header()
    {
        var png = FakeNewsroom.Png(0);
        // Width and height stand behind signature, chunk length and chunk name; then the checksum has to fit again.
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 50_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 50_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

        Assert.Null(PictureEncoder.Encode(png, 640));
    }

    [Theory]
    [InlineData("zTXt", "Comment\0\0")]
    [InlineData("iTXt", "Comment\0\u0001\0\0\0")]
    [InlineData("iCCP", "profile\0\0")]
    public void What_a_picture_carries_packed_beside_its_pixels_is_not_unpacked(string chunk, string start)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            var zeros = new byte[1024 * 1024];
            for (var round = 0; round < 300; round++)
            {
                zlib.Write(zeros);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var picture = PictureEncoder.Encode(
            WithChunk(FakeNewsroom.Png(0), chunk, [.. Encoding.Latin1.GetBytes(start), .. packed.ToArray()]),
            640
        );

        Assert.True(picture is null or { Width: 640 });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 * 1024 * 1024);
    }

    [Fact]
    public void Of_a_hundred_thousand_frames_one_is_read()
    {
        var frame = Gif.AsSpan(19, 15).ToArray();
        var many = Gif.AsSpan(0, 19)
            .ToArray()
            .Concat(Enumerable.Repeat(frame, 100_000).SelectMany(one => one))
            .Append((byte)0x3b)
            .ToArray();

        var picture = PictureEncoder.Encode(many, PictureEncoder.PageWidth)!;

        Assert.Equal((2, 1), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60_000, 60_000)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    [InlineData(-1, -1)]
    public void No_dimensions_a_header_may_claim_are_believed(int width, int height)
    {
        var png = FakeNewsroom.Png(0);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

        Assert.Null(PictureEncoder.Encode(png, 640));
    }

    [Fact]
    public void A_file_beyond_the_size_is_refused() =>
        Assert.Null(
            PictureEncoder.Encode(
                new byte[] { 0xff, 0xd8, 0xff }
                    .Concat(new byte[PictureEncoder.MaxBytes])
                    .ToArray(),
                640
            )
        );

    [Fact]
    public void Half_a_picture_or_noise_never_throws()
    {
        var random = new Random(7);
        foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp })
        {
            var whole = Draw(100, 60, format);
            for (var round = 0; round < 60; round++)
            {
                var broken = whole[..random.Next(whole.Length)];
                for (var hit = 0; hit < 5 && broken.Length > 20; hit++)
                {
                    broken[random.Next(12, broken.Length)] = (byte)random.Next(256);
                }

                var picture = PictureEncoder.Encode(broken, 640);
                Assert.True(picture is null || picture.Width <= 640);
            }
        }
    }

    private static byte[] Draw(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Red);
        using var canvas = new SKCanvas(bitmap);
        using var blue = new SKPaint { Color = SKColors.Blue };
        canvas.DrawRect(width / 2, 0, width / 2, height, blue);
        canvas.Flush();
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] tiff =
        [
            .. "MM"u8,
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte)orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        byte[] payload = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], 0xff, 0xe1, 0, (byte)(payload.Length + 2), .. payload, .. jpeg[2..]];
    }

    // Behind the header, which has 33 bytes.
    private static byte[] WithChunk(byte[] png, string name, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, data.Length + 4)));
        return [.. png[..33], .. chunk, .. png[33..]];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}
