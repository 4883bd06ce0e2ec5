using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Simulation;

/// <summary>
/// When digests were to be made, told from the calendar alone: an hour that is skipped runs at the next valid minute, a
/// doubled one at its first coming.
/// </summary>
internal static class DueInstants
{
    // As World.Schedule says.
    private static readonly TimeOnly[] Times = [new(2, 30), new(8, 30), new(17, 0)];

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Finds digests of instants that are none.</summary>
    public static void Look(World world, CheckReport report)
    {
        // A wall clock may have been days off.
        var days = Enumerable.Range(-4, 20).Select(day => DateOnly.FromDateTime(world.Start.UtcDateTime).AddDays(day));
        var due = days.SelectMany(day => Times.Select(time => Of(day, time))).ToHashSet();
        foreach (var (id, at) in world.Digests())
        {
            if (!due.Contains(at))
            {
                report.Add(
                    FindingKind.Wrong,
                    string.Create(CultureInfo.InvariantCulture, $"The digest {id} is of {at:O}, when none is due.")
                );
            }

            report.Count(
                1,
                (int)
                    world.Number(
                        """
                        SELECT COUNT(*) FROM web_message
                        WHERE channel_id = @Digest AND post_key = 'digest:' || @id || '/0' AND deleted_at IS NULL
                        """,
                        new { world.Channels.Digest, id }
                    ),
                string.Create(CultureInfo.InvariantCulture, $"The heading of the digest of {at:O}")
            );
        }
    }

    private static DateTimeOffset Of(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
