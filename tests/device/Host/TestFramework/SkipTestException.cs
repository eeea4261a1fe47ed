using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Ends a test that cannot run here; xunit reports it as skipped.</summary>
    public class SkipTestException : Exception
    {
        public SkipTestException(string message = null, Exception innerException = null)
            : base(message, innerException)
        {
        }
    }
}
