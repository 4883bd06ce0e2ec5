using System.Diagnostics.CodeAnalysis;

namespace NewsBot.Fuzzing;

/// <summary>Something that has to hold does not.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place only.")]
internal sealed class FindingException(string message) : Exception(message)
{
    /// <exception cref="FindingException">It does not hold.</exception>
    public static void ThrowUnless(bool holds, string promise)
    {
        if (!holds)
        {
            throw new FindingException(promise);
        }
    }
}
