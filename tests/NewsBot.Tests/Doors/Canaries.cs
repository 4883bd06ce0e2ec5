using System.Text;

namespace NewsBot.Tests.Doors;

/// <summary>Secrets that were given to a newsroom, and everywhere they must not be found again.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly List<(string Place, string Text)> _written = [];

    /// <summary>How many texts are looked through.</summary>
    public int Places => _written.Count;

    /// <summary>Plants a secret.</summary>
    public string Plant(string name, string secret)
    {
        _secrets[name] = secret;
        return secret;
    }

    /// <summary>Keeps something the run wrote.</summary>
    public void Write(string place, string text) => _written.Add((place, text));

    /// <summary>Keeps every file of a folder as it lies there.</summary>
    public async Task WriteFolderAsync(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Write(Path.GetFileName(file), Encoding.Latin1.GetString(bytes.ToArray()));
        }
    }

    /// <summary>Fails with every place where a secret stands, in any of the spellings it may take on its way.</summary>
    public void AssertHidden()
    {
        Assert.All(
            _secrets,
            secret => Assert.True(secret.Value.Length >= 8, $"{secret.Key} is too short to be found.")
        );
        var found =
            from secret in _secrets
            from spelling in Spellings(secret.Value)
            from one in _written
            let at = one.Text.IndexOf(spelling, StringComparison.Ordinal)
            where at >= 0
            select $"{secret.Key} stands in {one.Place}: …{Around(one.Text, at, spelling.Length)}…";
        Assert.True(!found.Any(), string.Join('\n', found.Take(40)));
    }

    private static IEnumerable<string> Spellings(string secret) =>
        new[]
        {
            secret,
            Uri.EscapeDataString(secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='),
        }.Distinct(StringComparer.Ordinal);

    private static string Around(string text, int at, int length)
    {
        var from = Math.Max(0, at - 120);
        return text[from..Math.Min(text.Length, at + length + 40)].ReplaceLineEndings(" ");
    }
}
