namespace NewsBot.Testing.Crash;

/// <summary>A machine whose clock is wrong, by a library that stands before the system's own.</summary>
internal static class WrongClock
{
    // In a folder named after the kind of machine.
    private const string Libraries = "/usr/lib";
    private const string Name = "faketime/libfaketime.so.1";

    /// <summary>Variables of the environment of a process that believes it is an hour later.</summary>
    /// <exception cref="InvalidOperationException">The library is missing.</exception>
    public static IReadOnlyList<(string Name, string Value)> AnHourAhead() =>
        [("LD_PRELOAD", Find()), ("FAKETIME", "+1h")];

    private static string Find() =>
        Directory
            .EnumerateDirectories(Libraries)
            .Select(folder => Path.Combine(folder, Name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "The tests need libfaketime, for a machine whose clock is wrong. Run \"sudo apt-get install libfaketime\"."
        );
}
