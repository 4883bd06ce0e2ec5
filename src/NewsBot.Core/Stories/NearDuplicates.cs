using System.Numerics;

namespace NewsBot.Core.Stories;

/// <summary>
/// The texts of the last days, ready to tell which of them a new one copies: whole, trimmed, edited, updated or with a
/// wire's words around it. A text takes about 370 bytes: 204 to compare it by, 8 for its name, 96 to find it by and
/// 48 to 96 in the table of places. Not safe for use by several threads.
/// </summary>
/// <param name="maxTexts">The oldest are forgotten beyond so many.</param>
public sealed class NearDuplicates(int maxTexts = NearDuplicates.MaxTexts)
{
    /// <summary>Three days of 10,000 busy feeds; 230 MB at the very most.</summary>
    public const int MaxTexts = 600_000;

    // Boilerplate leads to many texts; those that are really alike meet in other places too.
    private const int MaxWay = 12;
    private const int MaxCompared = 48;

    // So alike that another one could not be more so.
    private const double Verbatim = 0.98;

    // Small enough for a newsroom of a few sources, large enough that a big one has few.
    private const int PageTexts = 1_024;
    private const int MinPlaces = 1 << 14;

    // Beyond it the ways to the texts could not be told apart.
    private const int MaxNumber = (int.MaxValue / TextPrint.Keys) - 1;

    private readonly List<Page> _pages = [];
    private int[] _newest = NewPlaces(MinPlaces);
    private int _first;
    private int _next;

    /// <summary>How many texts are known.</summary>
    public int Count => _next - _first;

    /// <summary>Remembers a text.</summary>
    /// <param name="original">Its number, or that of the first text it copies.</param>
    /// <param name="print">Its print.</param>
    /// <param name="at">When it came in.</param>
    public void Add(long original, TextPrint print, DateTimeOffset at)
    {
        if ((long)Count * TextPrint.Keys >= _newest.Length || _next >= MaxNumber)
        {
            Rebuild();
        }

        if (_next % PageTexts == 0 || _pages.Count == 0)
        {
            _pages.Add(new Page());
        }

        var page = PageOf(_next);
        page.Write(_next % PageTexts, original, print);
        page.LastAt = at > page.LastAt ? at : page.LastAt;
        Link(_next++);
        if (Count > maxTexts && _pages.Count > 1)
        {
            DropPage();
        }
    }

    /// <summary>Finds the text that another one copies.</summary>
    /// <param name="print">Its print.</param>
    /// <returns>Null where it copies none.</returns>
    public CopyMatch? Find(TextPrint print)
    {
        Span<int> nodes = stackalloc int[TextPrint.Keys];
        Span<int> seen = stackalloc int[MaxCompared];
        Look(print, nodes);
        var compared = 0;
        CopyMatch? best = null;
        for (var key = 0; key < nodes.Length; key++)
        {
            var node = nodes[key];
            for (var steps = 0; steps < MaxWay && node >= 0; steps++)
            {
                var text = node / TextPrint.Keys;
                if (!seen[..compared].Contains(text))
                {
                    var page = PageOf(text);
                    var likeness = TextLikeness.Of(print.Sample, page.Sample(text % PageTexts));
                    if (likeness > (best?.Likeness ?? 0))
                    {
                        best = new CopyMatch(page.Originals[text % PageTexts], likeness);
                    }

                    seen[compared++] = text;
                    if (likeness >= Verbatim || compared == MaxCompared)
                    {
                        return best;
                    }
                }

                node = Seek(PlaceAt(node).Next, print.Key(key));
            }
        }

        return best;
    }

    /// <summary>Forgets what came in before a time, a thousand texts at once.</summary>
    /// <param name="before">The time.</param>
    public void Forget(DateTimeOffset before)
    {
        while (_pages.Count > 1 && _pages[0].LastAt < before)
        {
            DropPage();
        }
    }

    // All at once, so that the memory answers them side by side.
    private void Look(TextPrint print, Span<int> nodes)
    {
        for (var key = 0; key < nodes.Length; key++)
        {
            nodes[key] = print.Key(key) == 0 ? -1 : _newest[HashOf(print.Key(key))];
        }

        for (var key = 0; key < nodes.Length; key++)
        {
            nodes[key] = Seek(nodes[key], print.Key(key));
        }
    }

    // The next text with the key; others only share its place in the table.
    private int Seek(int node, uint key)
    {
        for (var steps = 0; steps < MaxWay * 2 && node >= _first * TextPrint.Keys; steps++)
        {
            ref readonly var place = ref PlaceAt(node);
            if (place.Key == key)
            {
                return node;
            }

            node = place.Next;
        }

        return -1;
    }

    private ref (uint Key, int Next) PlaceAt(int node) =>
        ref PageOf(node / TextPrint.Keys).Places[node % (PageTexts * TextPrint.Keys)];

    // What leads there ends there: the way from a place goes from newer to older texts.
    private void DropPage()
    {
        _first += PageTexts - (_first % PageTexts);
        _pages.RemoveAt(0);
    }

    private Page PageOf(int text) => _pages[(text / PageTexts) - (_first / PageTexts)];

    private int HashOf(uint key) => (int)((key * 0x9E37_79B9u) >> (32 - BitOperations.Log2((uint)_newest.Length)));

    private void Link(int text)
    {
        for (var node = text * TextPrint.Keys; node < (text + 1) * TextPrint.Keys; node++)
        {
            ref var place = ref PlaceAt(node);
            if (place.Key != 0)
            {
                ref var newest = ref _newest[HashOf(place.Key)];
                (place.Next, newest) = (newest, node);
            }
        }
    }

    // Counts from the oldest text again, with room for as many more.
    private void Rebuild()
    {
        _next = Count;
        _first = 0;
        _newest = NewPlaces(
            Math.Max(MinPlaces, (int)BitOperations.RoundUpToPowerOf2((uint)(Count * TextPrint.Keys * 3L / 2)))
        );
        for (var text = 0; text < _next; text++)
        {
            Link(text);
        }
    }

    private static int[] NewPlaces(int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        return places;
    }

    private sealed class Page
    {
        private readonly byte[] _samples = new byte[PageTexts * TextPrint.Compared];

        public long[] Originals { get; } = new long[PageTexts];
        public (uint Key, int Next)[] Places { get; } = new (uint, int)[PageTexts * TextPrint.Keys];
        public DateTimeOffset LastAt { get; set; }

        public ReadOnlySpan<byte> Sample(int place) => _samples.AsSpan(place * TextPrint.Compared, TextPrint.Compared);

        public void Write(int place, long original, TextPrint print)
        {
            Originals[place] = original;
            print.Sample.CopyTo(_samples.AsSpan(place * TextPrint.Compared));
            for (var key = 0; key < TextPrint.Keys; key++)
            {
                Places[(place * TextPrint.Keys) + key].Key = print.Key(key);
            }
        }
    }
}
