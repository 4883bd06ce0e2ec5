namespace NewsBot.Core.Stories;

/// <summary>The reports of a window, oldest first, and where each word, headline and address of them stands.</summary>
/// <param name="maxReports">The oldest go beyond so many.</param>
internal sealed class KnownReports(int maxReports)
{
    private const int MinRoom = 1 << 8;

    private readonly Dictionary<StoryId, KnownStory> _stories = [];
    private readonly Dictionary<ulong, KnownReport> _byUrl = [];
    private readonly Dictionary<ulong, int> _byTitle = [];

    // By the number of the word, and empty for the pieces of words, which lead nowhere.
    private readonly List<Postings?> _byWord = [];
    private Slot[] _room = new Slot[MinRoom];
    private int _first;
    private int _next;

    public ReportVectors Vectors { get; } = new();

    public int Count => _next - _first;

    public KnownStory? Find(StoryId story) => _stories.GetValueOrDefault(story);

    public KnownReport? WithUrl(ulong url) => url == 0 ? null : _byUrl.GetValueOrDefault(url);

    /// <summary>The reports with a headline, newest first.</summary>
    public IEnumerable<KnownReport> WithTitle(ulong title)
    {
        var number = _byTitle.GetValueOrDefault(title, -1);
        while (number >= _first)
        {
            var report = At(number);
            yield return report;
            number = report.SameTitle;
        }
    }

    /// <summary>The numbers of the reports with a word in the headline, oldest first.</summary>
    public ReadOnlySpan<int> WithWord(int word) =>
        word >= 0 && word < _byWord.Count && _byWord[word] is { } places ? places.Numbers : [];

    public KnownReport At(int number) => SlotOf(number).Report;

    /// <summary>The story of a report, and when the report came out, without a look at the report.</summary>
    public (KnownStory Story, long At) Place(int number)
    {
        ref readonly var slot = ref SlotOf(number);
        return (slot.Story, slot.At);
    }

    public void Add(StoryId story, DateTimeOffset at, ReportNames names, ReportBag bag)
    {
        if (Count >= maxReports)
        {
            DropFirst();
        }

        if (Count == _room.Length)
        {
            Grow();
        }

        var known = StoryOf(story);
        var report = new KnownReport(
            _next,
            at.ToUnixTimeMilliseconds(),
            names,
            Vectors.Add(bag),
            _byTitle.GetValueOrDefault(names.Title, -1)
        )
        {
            Story = known,
        };
        SlotOf(_next) = new Slot(report, known, report.At);
        _byTitle[names.Title] = _next;
        if (names.Url != 0)
        {
            _byUrl.TryAdd(names.Url, report);
        }

        foreach (var feature in report.Features.Title)
        {
            PlacesOf(ReportFeatures.Word(feature)).Add(_next);
        }

        _next++;
        known.Add(report);
    }

    /// <summary>Makes one story of two.</summary>
    public void Merge(StoryId loser, StoryId winner)
    {
        if (loser != winner && _stories.Remove(loser, out var gone))
        {
            var story = StoryOf(winner);
            story.TakeOver(gone);
            foreach (var report in gone.Reports)
            {
                SlotOf(report.Number) = new Slot(report, story, report.At);
            }
        }
    }

    /// <summary>Forgets reports, from the oldest on, until one is younger.</summary>
    /// <param name="before">Milliseconds.</param>
    public void Forget(long before)
    {
        while (Count > 0 && At(_first).At < before)
        {
            DropFirst();
        }
    }

    private void DropFirst()
    {
        var report = At(_first);
        SlotOf(_first) = default;
        _first++;
        report.Story.Remove(report);
        if (report.Story.Count == 0)
        {
            _stories.Remove(report.Story.Id);
        }

        if (_byTitle.GetValueOrDefault(report.Names.Title, -1) == report.Number)
        {
            _byTitle.Remove(report.Names.Title);
        }

        if (_byUrl.GetValueOrDefault(report.Names.Url) == report)
        {
            _byUrl.Remove(report.Names.Url);
        }

        foreach (var feature in report.Features.Title)
        {
            _byWord[ReportFeatures.Word(feature)]?.RemoveFirst();
        }

        Vectors.Remove(report.Features, word => Unlink(word));
    }

    // Its number goes to another word.
    private void Unlink(int word)
    {
        if (word < _byWord.Count)
        {
            _byWord[word] = null;
        }
    }

    private KnownStory StoryOf(StoryId id)
    {
        if (!_stories.TryGetValue(id, out var story))
        {
            _stories[id] = story = new KnownStory(id, Vectors);
        }

        return story;
    }

    private Postings PlacesOf(int word)
    {
        while (_byWord.Count <= word)
        {
            _byWord.Add(null);
        }

        return _byWord[word] ??= new Postings();
    }

    private void Grow()
    {
        var room = new Slot[_room.Length * 2];
        for (var number = _first; number < _next; number++)
        {
            room[number & (room.Length - 1)] = SlotOf(number);
        }

        _room = room;
    }

    private ref Slot SlotOf(int number) => ref _room[number & (_room.Length - 1)];

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Slot(KnownReport Report, KnownStory Story, long At);

    /// <summary>Numbers that grow at one end and go at the other.</summary>
    private sealed class Postings
    {
        private int[] _numbers = new int[2];
        private int _start;
        private int _end;

        public ReadOnlySpan<int> Numbers => _numbers.AsSpan(_start, _end - _start);

        public void Add(int number)
        {
            if (_end == _numbers.Length)
            {
                var kept = Numbers;
                var next = kept.Length > _numbers.Length / 2 ? new int[_numbers.Length * 2] : _numbers;
                kept.CopyTo(next);
                (_numbers, _start, _end) = (next, 0, kept.Length);
            }

            _numbers[_end++] = number;
        }

        public void RemoveFirst() => _start++;
    }
}
