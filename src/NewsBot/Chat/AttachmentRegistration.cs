using NewsBot.Processes;

namespace NewsBot.Chat;

/// <summary>Wires what all platforms share.</summary>
internal static class AttachmentRegistration
{
    private const string Lease = "attachments";

    /// <summary>Adds <see cref="AttachmentCopier"/>, in one process, unless another platform has.</summary>
    public static void TryAddAttachmentCopier(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceKey is Lease))
        {
            services.AddDutyService<AttachmentCopier>(Lease).AddDuty(Lease);
        }
    }
}
