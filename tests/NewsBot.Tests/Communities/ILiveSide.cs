namespace NewsBot.Tests.Communities;

/// <summary>One of two communities, as its own people use it in their chat.</summary>
internal interface ILiveSide
{
    /// <summary>What all of it says.</summary>
    string Word { get; }

    /// <summary>Its story, with one comment.</summary>
    long Story { get; }

    /// <summary>Our row of its channel.</summary>
    long Channel { get; }

    /// <summary>Runs a line as its admin, and confirms nothing.</summary>
    Task<string> AskAsync(string line);

    /// <summary>Runs a changing line as its admin, and confirms it.</summary>
    Task DoAsync(string line);

    /// <summary>All that its admin is offered while typing.</summary>
    Task<string> SuggestionsAsync();

    /// <summary>Presses, as its admin, the button below its own card, which holds something else than it was posted with.</summary>
    /// <param name="kind">What the button is: "discuss", "run" or "confirm".</param>
    /// <param name="value">The story, line or code it holds.</param>
    Task<string> PressAsync(string kind, string value);

    /// <summary>What the menu of its own comment tells.</summary>
    Task<string> NumberAndLinkAsync();

    /// <summary>All that stands in its channel, and below the cards there.</summary>
    string Everything();
}
