namespace NewsBot.Testing.Load;

/// <summary>What outlets were asked for so far.</summary>
public sealed class LoadServed
{
    private long _notModified;
    private long _same;
    private long _new;
    private long _articles;
    private long _characters;

    /// <summary>Feeds answered by 304.</summary>
    public long NotModified
    {
        get => Interlocked.Read(ref _notModified);
        init => _notModified = value;
    }

    /// <summary>Feeds sent although nothing was new in them.</summary>
    public long Same
    {
        get => Interlocked.Read(ref _same);
        init => _same = value;
    }

    /// <summary>Feeds sent with news.</summary>
    public long New
    {
        get => Interlocked.Read(ref _new);
        init => _new = value;
    }

    /// <summary>Articles sent.</summary>
    public long Articles
    {
        get => Interlocked.Read(ref _articles);
        init => _articles = value;
    }

    /// <summary>Characters of all feeds sent.</summary>
    public long Characters
    {
        get => Interlocked.Read(ref _characters);
        init => _characters = value;
    }

    /// <summary>Feeds asked for.</summary>
    public long Polls => NotModified + Same + New;

    /// <summary>Notes an answer.</summary>
    public void Count(LoadAnswer answer)
    {
        _ = answer switch
        {
            { Body: null } => Interlocked.Increment(ref _notModified),
            { IsNew: true } => Interlocked.Increment(ref _new),
            _ => Interlocked.Increment(ref _same),
        };
        Interlocked.Add(ref _characters, answer.Body?.Length ?? 0);
    }

    /// <summary>Notes an article.</summary>
    public void CountArticle() => Interlocked.Increment(ref _articles);

    /// <summary>What was counted until now.</summary>
    public LoadServed Copy() =>
        new()
        {
            NotModified = NotModified,
            Same = Same,
            New = New,
            Articles = Articles,
            Characters = Characters,
        };
}
