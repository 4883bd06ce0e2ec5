using System.Buffers;
using System.Text;
using System.Text.Json;
using NewsBot.Core.Stories;

namespace NewsBot.Cli.Lab;

/// <summary>Which articles copy an earlier one, as they come in.</summary>
internal static class LabCopies
{
    // Lines are written in blocks: one by one the terminal would be slower than all else.
    private const int Block = 1 << 16;

    public static int Run(CancellationToken cancellationToken)
    {
        var items = new LabItems(Input.Bytes());
        var index = new NearDuplicates();
        List<byte[]> ids = [];
        var block = new ArrayBufferWriter<byte>(Block * 2);
        using var json = new Utf8JsonWriter(block);
        while (items.Read(cancellationToken))
        {
            var number = ids.Count;
            ids.Add(items.Id.ToArray());
            var print = TextPrint.Of(items.Title, items.Text);
            var match = print is null ? null : index.Find(print);
            var original = match?.Original ?? number;
            if (print is not null)
            {
                index.Add(original, print, DateTimeOffset.UnixEpoch);
            }

            Write(json, ids[number], original, match is null ? null : ids[(int)original]);
            block.Write("\n"u8);
            if (block.WrittenCount > Block)
            {
                Print(block);
            }
        }

        Print(block);
        return CommandLineDoor.Done;
    }

    private static void Write(Utf8JsonWriter json, byte[] id, long cluster, byte[]? original)
    {
        json.Reset();
        json.WriteStartObject();
        json.WritePropertyName("id"u8);
        json.WriteRawValue(id, skipInputValidation: true);
        json.WriteNumber("cluster"u8, cluster + 1);
        json.WritePropertyName("duplicateOf"u8);
        json.WriteRawValue(original ?? "null"u8, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
    }

    private static void Print(ArrayBufferWriter<byte> block)
    {
        Output.Raw(Encoding.UTF8.GetString(block.WrittenSpan));
        block.ResetWrittenCount();
    }
}
