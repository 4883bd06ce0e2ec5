using System.Globalization;
using System.Text.Json;

namespace NewsBot.Cli.Lab;

/// <summary>
/// Reads items line by line from JSON lines: a hundred thousand a second, so that reading never hides what is measured.
/// A line that is no item is named and left out.
/// </summary>
/// <param name="input">JSON lines in UTF-8.</param>
internal sealed class LabItems(Stream input)
{
    private const int MinBuffer = 1 << 18;

    // What the fetcher would not take is not read here either.
    private const int MaxLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[MinBuffer];
    private char[] _title = new char[1_024];
    private char[] _text = new char[MinBuffer];
    private int _start;
    private int _end;
    private int _titleLength;
    private int _textLength;
    private bool _isOver;
    private long _line;

    /// <summary>The item's id as it is written, a piece of JSON. Good until the next is read, as all of an item.</summary>
    public ReadOnlyMemory<byte> Id { get; private set; }

    public ReadOnlySpan<char> Title => _title.AsSpan(0, _titleLength);

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _textLength);

    /// <summary>Goes on to the next item.</summary>
    /// <returns>False at the end.</returns>
    public bool Read(CancellationToken cancellationToken)
    {
        while (NextLine() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _line++;
            if (!line.Span.ContainsAnyExcept(" \r"u8))
            {
                continue;
            }

            if (TryTake(line))
            {
                return true;
            }

            Output.Error(string.Create(CultureInfo.InvariantCulture, $"Line {_line} is no JSON object with an id."));
        }

        return false;
    }

    private bool TryTake(ReadOnlyMemory<byte> line)
    {
        try
        {
            Take(line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Id = default;
        }

        return Id.Length > 0;
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        (Id, _titleLength, _textLength) = (default, 0, 0);
        ReadOnlyMemory<byte> id = default;
        var json = new Utf8JsonReader(line.Span);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (isId, isTitle, isText) = (
                json.ValueTextEquals("id"u8),
                json.ValueTextEquals("title"u8),
                json.ValueTextEquals("text"u8)
            );
            json.Read();
            if (isId && json.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                id = line[(int)json.TokenStartIndex..(int)json.BytesConsumed];
            }
            else if (isTitle)
            {
                _titleLength = Copy(ref json, ref _title);
            }
            else if (isText)
            {
                _textLength = Copy(ref json, ref _text);
            }

            json.Skip();
        }

        // What stands behind the object would be somebody's mistake.
        Id = json.Read() ? default : id;
    }

    private static int Copy(ref Utf8JsonReader json, ref char[] into)
    {
        if (json.TokenType is not JsonTokenType.String)
        {
            return 0;
        }

        // A letter never takes more characters than bytes.
        if (json.ValueSpan.Length > into.Length)
        {
            into = new char[json.ValueSpan.Length * 2];
        }

        return json.CopyString(into);
    }

    // Null at the end.
    private ReadOnlyMemory<byte>? NextLine()
    {
        var looked = _start;
        while (true)
        {
            var at = _buffer.AsSpan(looked, _end - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, looked + at - _start);
                _start = looked + at + 1;
                return line;
            }

            if (_isOver)
            {
                if (_start == _end)
                {
                    return null;
                }

                ReadOnlyMemory<byte> rest = _buffer.AsMemory(_start, _end - _start);
                _start = _end;
                return rest;
            }

            var known = _end - _start;
            Fill();
            looked = _start + known;
        }
    }

    private void Fill()
    {
        var kept = _buffer.AsSpan(_start, _end - _start);
        if (kept.Length > MaxLine)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"Line {_line + 1} is longer than {MaxLine >> 20} MB.")
            );
        }

        var next = kept.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        kept.CopyTo(next);
        (_buffer, _start, _end) = (next, 0, kept.Length);
        var read = input.Read(_buffer.AsSpan(_end));
        _end += read;
        _isOver = read == 0;
    }
}
