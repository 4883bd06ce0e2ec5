namespace NewsBot.Starter;

/// <summary>How a made-up outlet publishes.</summary>
internal enum SampleFormat
{
    /// <summary>RSS 2.0 by the book.</summary>
    Rss,

    /// <summary>Atom 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.1.</summary>
    Json,

    /// <summary>RSS as found in the wild: not well-formed, in a legacy encoding, with wrong day names and relative links.</summary>
    UntidyRss,
}
