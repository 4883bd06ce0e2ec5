using NewsBot.Core.Posts;

namespace NewsBot.Starter;

/// <summary>The first words of the bot in a fresh newsroom.</summary>
internal static class Welcome
{
    public static PostBody.Notice Body { get; } =
        new(
            """
            **Welcome to your newsroom.** Above are the first stories and a digest, from a made-up sample newsroom that needs no network.

            - **Reply** to a card, or to another reply: your words become a numbered comment, here and on the story's page.
            - **Type `/news help`** to see what else there is. `/news add` with any site's address adds it as a source, `/news digest set "weekdays 8:30"` says when the digest comes.
            - The first who picks a name here runs this newsroom.

            How to connect Discord or Slack stands in the README under *Connecting a platform*. To clear the samples away, type `/news remove` and the name of an outlet.
            """
        );
}
