namespace NewsBot.Storage;

/// <summary>
/// A restored database on its way to its place. It is finished under another name first; from then on a restore that is
/// cut off is completed by whoever comes next.
/// </summary>
internal static class RestoredFile
{
    /// <summary>Where it waits, complete.</summary>
    public static string Waiting(string file) => file + ".restored";

    /// <summary>Completes what was cut off between taking the old database away and putting the new one there.</summary>
    /// <param name="file">The database file.</param>
    public static void Settle(string file)
    {
        var waiting = Waiting(file);
        if (!File.Exists(waiting))
        {
            return;
        }

        if (File.Exists(file))
        {
            // The old one was not taken away yet: whoever restores has to do it again.
            File.Delete(waiting);
            return;
        }

        File.Move(waiting, file);
    }
}
