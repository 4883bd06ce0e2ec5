namespace NewsBot.Starter;

/// <summary>One made-up outlet of the sample newsroom.</summary>
/// <param name="Slug">Its folder under <c>/sample/</c> and in the embedded files.</param>
/// <param name="Name">As readers know it.</param>
/// <param name="Motto">One sentence below the name.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Format">How it publishes.</param>
/// <param name="FeedFile">Last part of the feed's address.</param>
/// <param name="Weight">How much the outlet counts in a ranking; 1 is ordinary.</param>
internal sealed record SampleOutlet(
    string Slug,
    string Name,
    string Motto,
    string Language,
    SampleFormat Format,
    string FeedFile,
    double Weight
)
{
    /// <summary>Path of the home page, with slashes at both ends.</summary>
    public string HomePath => $"{SampleNewsroom.Prefix}{Slug}/";

    /// <summary>Path of the feed.</summary>
    public string FeedPath => HomePath + FeedFile;
}
