namespace nanoFramework.System.IO
{
    public static class StorageEventManager
    {
        public static extern event RemovableDeviceEventHandler RemovableDeviceInserted;
        public static extern event RemovableDeviceEventHandler RemovableDeviceRemoved;
    }
}
